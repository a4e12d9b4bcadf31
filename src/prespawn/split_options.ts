/** A command line of an interpreter. */
export interface SplitCommand {
  /** What stands before the file. */
  readonly options: readonly string[];
  /** The file; undefined when there is none. */
  readonly main: string | undefined;
  /** What stands behind it. */
  readonly args: readonly string[];
}

/**
 * Finds the file among the arguments of an interpreter.
 *
 * @param words the arguments
 * @param takesValue whether an option has its value in the next word
 * @returns the parts; undefined when an option ends the options (`--`)
 */
export function splitOptions(
  words: readonly string[],
  takesValue: (option: string) => boolean,
): SplitCommand | undefined {
  let end = 0;
  while (end < words.length && words[end]!.startsWith("-")) {
    if (words[end] === "--" || words[end] === "-") return undefined;
    end += takesValue(words[end]!) ? 2 : 1;
  }
  return { options: words.slice(0, end), main: words[end], args: words.slice(end + 1) };
}
