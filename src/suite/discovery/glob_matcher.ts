import { globToRegExp } from "../../std/glob.ts";
import { basename } from "../../std/path.ts";
import { pathBelow } from "./path_below.ts";

/**
 * Tells which files globs are about, as `*`, `?`, `[a-z]`, `{a,b}` and `**` say. A glob without a slash is about names, in
 * whatever folder; one with a slash is about paths below the folder; an absolute one about absolute paths.
 *
 * @param globs any of them is enough
 * @param folder absolute path of what they are relative to
 * @returns a function of an absolute path
 */
export function globMatcher(globs: readonly string[], folder: string): (path: string) => boolean {
  const names: RegExp[] = [];
  const paths: RegExp[] = [];
  const absolute: RegExp[] = [];
  for (const glob of globs) {
    const expression = globToRegExp(glob.replace(/^(?:\.\/)+/, ""));
    if (glob.startsWith("/")) absolute.push(expression);
    else if (glob.replace(/\/+$/, "").includes("/")) paths.push(expression);
    else names.push(expression);
  }
  if (globs.length === 0) return () => false;
  return (path) => {
    if (names.length > 0 && names.some((expression) => expression.test(basename(path)))) return true;
    if (absolute.some((expression) => expression.test(path))) return true;
    const below = paths.length > 0 ? pathBelow(folder, path) : undefined;
    return below !== undefined && paths.some((expression) => expression.test(below));
  };
}
