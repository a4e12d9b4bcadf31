import { NotRustV0, V0Reader } from "./rust_v0_reader.ts";

/** The letters of basic types. */
const BASIC: ReadonlyMap<string, string> = new Map(
  ("a:i8 b:bool c:char d:f64 e:str f:f32 h:u8 i:isize j:usize l:i32 m:u32 n:i128 o:u128 p:_ s:i16 t:u16 " +
    "u:() v:... x:i64 y:u64 z:!").split(" ").map((entry): [string, string] => {
      const [letter, type] = entry.split(":");
      return [letter!, type!];
    }),
);
/** Deeper names than any compiler writes: a made-up one must not exhaust the stack. */
const MAX_DEPTH = 100;
/** Back references may double the name each time. */
const MAX_LENGTH = 2000;

/**
 * Writes a Rust symbol as in the source, after RFC 2603 ("v0" mangling). Hashes of crates, lifetimes and the types of
 * constants are left out.
 *
 * @param symbol such as `_RNvCs6GmmlP4bgsG_1r4main`
 * @returns such as `r::main`; undefined when it is no such symbol or uses what is not known here
 */
export function demangleRustV0(symbol: string): string | undefined {
  if (!symbol.startsWith("_R")) return undefined;
  const parser = new V0Parser(new V0Reader(symbol.slice("_R".length)));
  try {
    return parser.path(true);
  } catch (error) {
    if (error instanceof NotRustV0) return undefined;
    throw error;
  }
}

class V0Parser {
  readonly #reader: V0Reader;
  #depth = 0;
  #written = 0;

  constructor(reader: V0Reader) {
    this.#reader = reader;
  }

  /** @param asValue generic arguments of functions stand after `::`, as in `f::<u8>` */
  path(asValue: boolean): string {
    return this.#nested(() => {
      switch (this.#reader.next()) {
        case "C":
          return this.#reader.identifier();
        case "M":
          this.#implPath();
          return `<${this.#type()}>`;
        case "X":
          this.#implPath();
          return `<${this.#type()} as ${this.path(false)}>`;
        case "Y":
          return `<${this.#type()} as ${this.path(false)}>`;
        case "N":
          return this.#namespaced(asValue);
        case "I":
          return this.#generic(asValue);
        case "B":
          return this.#backReference(() => this.path(asValue));
        default:
          throw new NotRustV0();
      }
    });
  }

  #namespaced(asValue: boolean): string {
    const space = this.#reader.next();
    const parent = this.path(asValue);
    const index = this.#reader.disambiguator();
    const name = this.#reader.plainIdentifier();
    if (!/[A-Z]/.test(space)) return name === "" ? parent : `${parent}::${name}`;
    const kind = space === "C" ? "closure" : space === "S" ? "shim" : space;
    return `${parent}::{${kind}${name === "" ? "" : `:${name}`}#${index}}`;
  }

  #generic(asValue: boolean): string {
    const path = this.path(asValue);
    const args = this.#until(() => this.#genericArgument());
    return args === "" ? path : `${path}${asValue ? "::" : ""}<${args}>`;
  }

  #implPath(): void {
    this.#reader.disambiguator();
    this.path(false);
  }

  #type(): string {
    return this.#nested(() => {
      const letter = this.#reader.next();
      const basic = BASIC.get(letter);
      if (basic !== undefined) return basic;
      switch (letter) {
        case "A":
          return `[${this.#type()}; ${this.#constant()}]`;
        case "S":
          return `[${this.#type()}]`;
        case "T": {
          const types = this.#list(() => this.#type());
          return types.length === 1 ? `(${types[0]},)` : `(${types.join(", ")})`;
        }
        case "R":
        case "Q":
          if (this.#reader.peek() === "L") this.#reader.skipNumber("L");
          return `&${letter === "Q" ? "mut " : ""}${this.#type()}`;
        case "P":
          return `*const ${this.#type()}`;
        case "O":
          return `*mut ${this.#type()}`;
        case "F":
          return this.#functionType();
        case "D":
          return this.#dynType();
        case "B":
          return this.#backReference(() => this.#type());
        default:
          this.#reader.at--;
          return this.path(false);
      }
    });
  }

  #functionType(): string {
    if (this.#reader.peek() === "G") this.#reader.skipNumber("G");
    const unsafe = this.#reader.take("U") ? "unsafe " : "";
    let abi = "";
    if (this.#reader.take("K")) {
      abi = `extern "${this.#reader.take("C") ? "C" : this.#reader.plainIdentifier().replaceAll("_", "-")}" `;
    }
    const parameters = this.#until(() => this.#type());
    const result = this.#type();
    return `${unsafe}${abi}fn(${parameters})${result === "()" ? "" : ` -> ${result}`}`;
  }

  #dynType(): string {
    if (this.#reader.peek() === "G") this.#reader.skipNumber("G");
    const traits = this.#list(() => {
      const trait = this.path(false);
      const bindings: string[] = [];
      while (this.#reader.take("p")) bindings.push(`${this.#reader.plainIdentifier()} = ${this.#type()}`);
      return bindings.length === 0
        ? trait
        : `${trait.replace(/>$/, ", ").replace(/([^, ])$/, "$1<")}${bindings.join(", ")}>`;
    });
    this.#reader.skipNumber("L");
    return `dyn ${traits.join(" + ")}`;
  }

  #genericArgument(): string | undefined {
    if (this.#reader.peek() === "L") {
      this.#reader.skipNumber("L");
      return undefined;
    }
    return this.#reader.take("K") ? this.#constant() : this.#type();
  }

  #constant(): string {
    if (this.#reader.take("B")) return this.#backReference(() => this.#constant());
    if (this.#reader.take("p")) return "_";
    const type = this.#reader.next();
    const [, minus, digits] = this.#reader.match(/(n?)([0-9a-f]*)_/y);
    if (!BASIC.has(type)) throw new NotRustV0();
    const value = BigInt(`0x${digits || "0"}`);
    if (type === "b") return value === 0n ? "false" : "true";
    if (type === "c") return `'${String.fromCodePoint(Math.min(Number(value), 0x10ffff))}'`;
    return `${minus === "n" ? "-" : ""}${value}`;
  }

  #backReference(read: () => string): string {
    const start = this.#reader.at;
    const target = this.#reader.base62();
    if (target >= start - 1) throw new NotRustV0();
    const resume = this.#reader.at;
    this.#reader.at = target;
    const text = read();
    this.#reader.at = resume;
    return text;
  }

  #until(read: () => string | undefined): string {
    return this.#list(read).join(", ");
  }

  #list(read: () => string | undefined): string[] {
    const items: string[] = [];
    while (!this.#reader.take("E")) {
      const item = read();
      if (item !== undefined) items.push(item);
    }
    return items;
  }

  #nested(read: () => string): string {
    if (++this.#depth > MAX_DEPTH) throw new NotRustV0();
    const text = read();
    this.#depth--;
    this.#written += text.length;
    if (text.length > MAX_LENGTH || this.#written > 50 * MAX_LENGTH) throw new NotRustV0();
    return text;
  }
}
