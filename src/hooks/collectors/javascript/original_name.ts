import type { SourceMap, SourcePlace } from "./source_map.ts";

/** Between where V8 says that a function starts and its name: `async function* f`, or before it `f = async`. */
const MAX_DISTANCE = 24;
const MAX_LINE = 2000;

/**
 * The name that a function had before a bundler shortened it: what its map gives for the place where the script names the
 * function or, in maps without names, what stood there in the source.
 *
 * @param name of the function in the script
 * @param start where it starts there, from 1
 * @param text the line of the script in which it starts; empty when it is not on this machine
 * @param map of the script
 * @returns undefined where neither tells it
 */
export function originalName(
  name: string,
  start: { readonly line: number; readonly column: number },
  text: string,
  map: SourceMap,
): string | undefined {
  // V8 puts what a method belongs to before it.
  const own = name.slice(name.lastIndexOf(".") + 1);
  const { line, column } = start;
  const reach = MAX_DISTANCE + own.length;
  const places = map.placesIn(line, column - reach, column + reach)
    .filter(({ at }) => isNameAt(text, at - 1, own))
    .toSorted((one, other) => Math.abs(one.at - column) - Math.abs(other.at - column));
  return places[0] === undefined ? undefined : places[0].place.name ?? wordAt(places[0].place);
}

function isNameAt(text: string, at: number, name: string): boolean {
  return text.startsWith(name, at) && !/^[\w$]/.test(text.slice(at + name.length, at + name.length + 1));
}

function wordAt({ content, line, column }: SourcePlace): string | undefined {
  const text = content?.split("\n", line)[line - 1]?.slice(0, MAX_LINE) ?? "";
  return /^#?[\p{L}_$][\p{L}\p{N}_$]*/u.exec(text.slice(column - 1))?.[0];
}
