const NAMED: Readonly<Record<string, string>> = { "\n": "\\n", "\r": "\\r", "\t": "\\t" };

/** Control characters of both sets, and those that reorder or hide text. */
// deno-lint-ignore no-control-regex
const INVISIBLE = /[\u0000-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/g;

/**
 * Makes control characters visible, so that names and output of a program cannot act on a terminal: escape becomes
 * `\x1b`, a line break `\n`, a character that turns the direction of writing `\u202e`.
 *
 * @param text any text, on one line when it comes back
 * @returns printable text; equal to `text` when that was printable
 * @example Show the name of a process
 * ```ts
 * import { visibleText } from "./visible_text.ts";
 *
 * if (visibleText("a\x1b[31m") !== "a\\x1b[31m") throw new Error("unexpected");
 * ```
 */
export function visibleText(text: string): string {
  return text.replace(INVISIBLE, (character) => {
    const code = character.charCodeAt(0);
    return NAMED[character] ?? (code < 256 ? `\\x${hex(code, 2)}` : `\\u${hex(code, 4)}`);
  });
}

function hex(code: number, digits: number): string {
  return code.toString(16).padStart(digits, "0");
}
