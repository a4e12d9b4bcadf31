/** What stands for the file in a command: the file, its name, the file without its last ending. */
const PLACEHOLDER = /\{[/.]?\}/g;

/**
 * Puts a file into a command: `{}` is the file, `{/}` its name without the folder, `{.}` the file without its last ending,
 * as in GNU parallel. Without any of them the file is added at the end.
 *
 * @param command program and arguments, at least the program
 * @param file path as it was given or found
 * @returns the command for this file
 */
export function fillCommand(command: readonly string[], file: string): [string, ...string[]] {
  // A name that begins with a dash would be an option.
  const path = file.startsWith("-") ? `./${file}` : file;
  const values: Readonly<Record<string, string>> = {
    "{}": path,
    "{/}": path.slice(path.lastIndexOf("/") + 1),
    "{.}": path.replace(/(?<=[^/])\.[^./]*$/, ""),
  };
  const hasPlaceholder = command.some((part) => part.search(PLACEHOLDER) !== -1);
  const filled = command.map((part) => part.replace(PLACEHOLDER, (placeholder) => values[placeholder]!));
  return [...filled, ...(hasPlaceholder ? [] : [path])] as [string, ...string[]];
}
