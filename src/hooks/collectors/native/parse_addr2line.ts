/** A function at an address, with the line in it. */
export interface SourcePlace {
  readonly function?: string | undefined;
  readonly file?: string | undefined;
  readonly line?: number | undefined;
}

/**
 * Parses what `eu-addr2line -a -f -i -C` prints (elfutils): for each address a line with it, then two lines for each
 * function that is there, inlined ones before those they were inlined into.
 *
 * @param text its standard output
 * @returns for each address, as a number, its functions from the innermost
 */
export function parseAddr2line(text: string): Map<number, SourcePlace[]> {
  const found = new Map<number, SourcePlace[]>();
  const lines = text.split("\n");
  let places: SourcePlace[] = [];
  for (let index = 0; index < lines.length; index++) {
    const line = lines[index]!;
    if (/^0x[0-9a-f]+$/.test(line)) {
      places = [];
      found.set(Number(line), places);
    } else if (line !== "") {
      places.push({ function: parseFunction(line), ...parseLine(lines[++index] ?? "") });
    }
  }
  return found;
}

function parseFunction(text: string): string | undefined {
  const name = text.replace(/ inlined at .*$/, "");
  return name === "??" ? undefined : name;
}

/** `file.c:12:3`, `file.c:12`, `??:0`; after the numbers there may be remarks in parentheses. */
function parseLine(text: string): Pick<SourcePlace, "file" | "line"> {
  const fields = /^(.*?):(\d+)(?::\d+)?(?: \(.*\))?$/.exec(text);
  if (fields === null || fields[1] === "??") return {};
  return { file: fields[1]!, line: Number(fields[2]) || undefined };
}
