/** East Asian wide and full-width characters, and pictures: two columns on terminals (Unicode TR 11). */
const WIDE =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]|\p{Emoji_Presentation}|[\u{20000}-\u{3fffd}]/u;
const COMBINING = /\p{M}/u;

/**
 * Cuts printable text to a number of columns.
 *
 * @param text without control characters
 * @param columns at least 1
 * @returns the text, or its beginning with `…`
 */
export function cutToWidth(text: string, columns: number): string {
  // No character takes more than two columns.
  if (text.length * 2 <= columns) return text;
  let used = 0;
  let kept = "";
  let keptBefore = "";
  for (const character of text) {
    used += widthOf(character);
    if (used > columns) return `${keptBefore}…`;
    kept += character;
    if (used <= columns - 1) keptBefore = kept;
  }
  return text;
}

function widthOf(character: string): number {
  if (character < "\u0300") return 1;
  return COMBINING.test(character) ? 0 : WIDE.test(character) ? 2 : 1;
}
