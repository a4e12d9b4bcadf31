/** The text is no Rust symbol, or one of a kind not known here. */
export class NotRustV0 extends Error {
  override readonly name = "NotRustV0";
}

const DIGITS = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";

/** Reads the letters, numbers and names of a Rust symbol (RFC 2603); each method moves on past what it read. */
export class V0Reader {
  readonly #text: string;
  /** Position of the next letter; back references set it. */
  at = 0;

  /** @param text the symbol without `_R` */
  constructor(text: string) {
    this.#text = text;
  }

  /** The next letter, which stays the next one. */
  peek(): string | undefined {
    return this.#text[this.at];
  }

  /** Whether the next letter is this one; only then it moves on. */
  take(letter: string): boolean {
    if (this.#text[this.at] !== letter) return false;
    this.at++;
    return true;
  }

  /** @throws {NotRustV0} at the end of the text */
  next(): string {
    const letter = this.#text[this.at++];
    if (letter === undefined) throw new NotRustV0();
    return letter;
  }

  /**
   * @param pattern a sticky one
   * @throws {NotRustV0} when it does not match here
   */
  match(pattern: RegExp): RegExpExecArray {
    pattern.lastIndex = this.at;
    const fields = pattern.exec(this.#text);
    if (fields === null) throw new NotRustV0();
    this.at = pattern.lastIndex;
    return fields;
  }

  /** A name, which of several of that name it is left out. @throws {NotRustV0} */
  identifier(): string {
    this.disambiguator();
    return this.plainIdentifier();
  }

  /** Which of several things of one name, from 0. @throws {NotRustV0} */
  disambiguator(): number {
    return this.take("s") ? this.base62() + 1 : 0;
  }

  /** A name after its length. @throws {NotRustV0} */
  plainIdentifier(): string {
    const punycode = this.take("u");
    const length = Number(this.match(/(0|[1-9]\d*)_?/y)[1]);
    const name = this.#text.slice(this.at, this.at + length);
    if (name.length < length) throw new NotRustV0();
    this.at += length;
    return punycode ? `punycode{${name}}` : name;
  }

  /** A letter and a number that say nothing to people: a lifetime, a binder. @throws {NotRustV0} */
  skipNumber(letter: string): void {
    if (!this.take(letter)) throw new NotRustV0();
    this.base62();
  }

  /** A number; a lone underscore is 0, and all others are one more than their digits say. @throws {NotRustV0} */
  base62(): number {
    const [, digits] = this.match(/([0-9a-zA-Z]*)_/y);
    if (digits === "") return 0;
    return [...digits!].reduce((value, digit) => value * 62 + DIGITS.indexOf(digit), 0) + 1;
  }
}
