const MAX_EXPRESSION = 80;
const OPENING = "([{";
const CLOSING = ")]}";
/** What stands before it in `for await (const row of rows())`. */
const LOOP = /^\((?:const|let|var)\s[^;]{0,200}?\sof\s+/;

/**
 * What a function awaits, as it stands in its source.
 *
 * @param line of the source
 * @param column where V8 places the `await`, from 1
 * @returns such as `fetch(url)`, of one line; undefined when no `await` stands there
 */
export function awaitedExpression(line: string, column: number): string | undefined {
  const found = /^(?:for\s+)?await\b\s*(.+)$/.exec(line.slice(column - 1));
  if (found === null) return undefined;
  const text = found[1]!.slice(0, MAX_EXPRESSION * 4).replace(LOOP, "");
  const whole = text.slice(0, endOfExpression(text)).trim();
  if (whole === "") return undefined;
  return whole.length <= MAX_EXPRESSION ? whole : `${whole.slice(0, MAX_EXPRESSION - 1)}…`;
}

/** Where a bracket closes that was opened before, or a comma or semicolon ends it. Quotes are not understood. */
function endOfExpression(text: string): number {
  let depth = 0;
  for (let at = 0; at < text.length; at++) {
    const character = text[at]!;
    if (OPENING.includes(character)) depth++;
    else if (CLOSING.includes(character)) depth--;
    if (depth < 0 || (depth === 0 && (character === ";" || character === ","))) return at;
  }
  return text.length;
}
