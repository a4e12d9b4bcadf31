import { visibleText } from "../visible_text.ts";

const MAX_LENGTH = 500;

/**
 * Makes a name or a sentence printable, on one line, and of a length that a reader can bear.
 *
 * @param text of a test or of a process: anything
 * @param maxLength characters
 * @returns printable text; what is left out is marked by `…`
 */
export function shownText(text: string, maxLength: number = MAX_LENGTH): string {
  const isLong = text.length > maxLength;
  return visibleText((isLong ? text.slice(0, maxLength) : text).toWellFormed()) + (isLong ? "…" : "");
}
