/** Of one value and of all of them; more does not fit on a line. */
const MAX_VALUE = 32;
const MAX_TEXT = 120;
const MAX_LINE = 4096;

/**
 * Picks the values of the arguments out of a frame as gdb prints it. Text is left out, because it may be secret, and so
 * are values that gdb does not show.
 *
 * @param text what follows the number and the address of a frame: `take (count=3, name=0x55 "a") at a.c:5`
 * @returns such as `count=3`; undefined where there is no value to show
 */
export function parseArguments(text: string): string | undefined {
  if (text.length > MAX_LINE) return undefined;
  const start = startOfArguments(text);
  const end = /\)(?: at [^()]+:\d+| from \S+)?$/.exec(text)?.index;
  if (start === undefined || end === undefined || end < start) return undefined;
  const values = text.slice(start, end).replaceAll(/ ?"(?:[^"\\]|\\.)*"(?:\.\.\.)?/g, "").split(", ")
    .filter((part) => /^[A-Za-z_]\w*(@entry)?=/.test(part) && !/=(\.\.\.|<optimized out>)$/.test(part))
    .map((part) => clip(part.replace(/^(\w+)=\1@entry=/, "$1="), MAX_VALUE));
  return values.length === 0 ? undefined : clip(values.join(", "), MAX_TEXT);
}

/** Names of C++ and Rust hold parentheses too, but inside others. */
function startOfArguments(text: string): number | undefined {
  let depth = 0;
  for (let index = 0; index < text.length; index++) {
    const character = text[index];
    if (depth === 0 && character === " " && text[index + 1] === "(") return index + 2;
    if (character === "<" || character === "(") depth++;
    else if (character === ")" || (character === ">" && text[index - 1] !== "-")) depth--;
  }
  return undefined;
}

function clip(text: string, length: number): string {
  return text.length <= length ? text : `${text.slice(0, length - 1)}…`;
}
