/**
 * Breaks the old form of GitHub's commands, `##[name]`, which works in the middle of a line, too.
 *
 * @param text for a log of GitHub Actions
 * @returns the same text for people, in which nothing is such a command
 */
export function noOldCommand(text: string): string {
  return text.replaceAll("##[", "## [");
}
