const NAMED: Readonly<Record<string, string>> = {
  "\x07": "\\a",
  "\b": "\\b",
  "\t": "\\t",
  "\n": "\\n",
  "\v": "\\v",
  "\f": "\\f",
  "\r": "\\r",
  "\\": "\\\\",
};
// deno-lint-ignore no-control-regex
const ESCAPED_IN_UTF8 = /[\u0000-\u001f\u007f-\u009f\\\u2019]/gu;
const ESCAPED_IN_ASCII = /[^ -&(-[\]-~]/gu;

/**
 * Quotes a word for a message as GNU programs do: ‘word’ where the terminal speaks UTF-8, else 'word', with everything
 * unprintable as in C.
 *
 * @param text the word
 * @param utf8 whether the locale is one of UTF-8
 * @returns the quoted word
 */
export function gnuQuote(text: string, utf8: boolean): string {
  const escape = (character: string): string => {
    if (character === "\u2019" || character === "'") {
      return utf8 || character === "'" ? `\\${character}` : octal(character);
    }
    return NAMED[character] ?? octal(character);
  };
  return utf8
    ? `\u2018${text.replace(ESCAPED_IN_UTF8, escape)}\u2019`
    : `'${text.replace(ESCAPED_IN_ASCII, escape)}'`;
}

function octal(character: string): string {
  return [...new TextEncoder().encode(character)].map((byte) => `\\${byte.toString(8).padStart(3, "0")}`)
    .join("");
}

/**
 * Whether messages may use the characters of UTF-8, from the environment as setlocale(3) reads it.
 *
 * @param getEnv reads one variable
 */
export function isUtf8Locale(getEnv: (name: string) => string | undefined): boolean {
  const locale = getEnv("LC_ALL") || getEnv("LC_CTYPE") || getEnv("LANG") || "C";
  return /\.utf-?8(@|$)/i.test(locale);
}
