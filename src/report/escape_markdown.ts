import { shownText } from "./shown_text.ts";

/**
 * Makes text of any origin plain text in Markdown, in a table, too: nothing of it is markup, HTML or a mention.
 *
 * @param text of a test or of a process
 * @returns one line
 */
export function escapeMarkdown(text: string): string {
  return shownText(text)
    .replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;")
    .replace(/[\\`*[\]|~#$]/g, "\\$&")
    // Within a word it means nothing, and names of files stay readable.
    .replace(/(?<![A-Za-z0-9])_|_(?![A-Za-z0-9])/g, "\\_")
    .replace(/@(?=\w)/g, "@&#8203;")
    .replace(/^(\s*)([-+=]|\d+(?=[.)]))/, "$1&#8203;$2");
}

/**
 * Puts lines into a block of code.
 *
 * @param lines printable
 * @returns the block; its fence is longer than any in the lines
 */
export function codeBlock(lines: readonly string[]): string {
  const longest = lines.reduce((most, line) => {
    const runs = line.match(/`+/g) ?? [];
    return runs.reduce((length, run) => Math.max(length, run.length), most);
  }, 2);
  const fence = "`".repeat(longest + 1);
  return [`${fence}text`, ...lines, fence].join("\n");
}
