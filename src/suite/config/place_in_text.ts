/**
 * Where an offset is, as editors count.
 *
 * @param text the whole text
 * @param offset in UTF-16 units, from 0
 * @returns line and column, both from 1, such as `3:14`
 */
export function placeInText(text: string, offset: number): string {
  const before = text.slice(0, offset).split(/\r\n|\r|\n/);
  return `${before.length}:${before.at(-1)!.length + 1}`;
}
