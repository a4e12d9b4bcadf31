/**
 * Splits a Windows command line into arguments by the rules of Microsoft's C runtime: quotes group, a backslash
 * escapes only before a quote, and two quotes inside a group are one.
 *
 * @param line the command line
 * @returns the arguments
 */
export function splitWindowsCommand(line: string): string[] {
  const args: string[] = [];
  let argument: string | undefined;
  let quoted = false;
  for (let at = 0; at < line.length; at++) {
    const character = line[at]!;
    if (character === "\\") {
      let end = at;
      while (line[end] === "\\") end++;
      const count = end - at;
      const beforeQuote = line[end] === '"';
      argument = (argument ?? "") + "\\".repeat(beforeQuote ? count >> 1 : count);
      at = end - 1;
      if (beforeQuote && count % 2 === 1) {
        argument += '"';
        at = end;
      }
    } else if (character === '"') {
      argument ??= "";
      if (quoted && line[at + 1] === '"') {
        argument += '"';
        at++;
      } else quoted = !quoted;
    } else if (!quoted && (character === " " || character === "\t")) {
      if (argument !== undefined) args.push(argument);
      argument = undefined;
    } else {
      argument = (argument ?? "") + character;
    }
  }
  if (argument !== undefined) args.push(argument);
  return args;
}
