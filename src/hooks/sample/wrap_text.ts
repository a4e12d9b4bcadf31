/**
 * Breaks text into lines at blanks. A word that is longer than a line stays whole: paths and commands are copied.
 *
 * @param text on one line
 * @param width columns of a line, the indent included
 * @param indent what the first line begins with; the others begin with as many blanks
 * @returns the lines, joined by line breaks
 */
export function wrapText(text: string, width: number, indent = ""): string {
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(" ")) {
    const isFull = line !== "" && indent.length + line.length + 1 + word.length > width;
    if (isFull) lines.push(line);
    line = isFull || line === "" ? word : `${line} ${word}`;
  }
  lines.push(line);
  const blanks = " ".repeat(indent.length);
  return lines.map((text, position) => (position === 0 ? indent : blanks) + text).join("\n");
}
