import { globToRegExp } from "../../std/glob.ts";

/** So many entries are looked at. */
const MAX_ENTRIES = 1000;

/**
 * What `deno test` leaves out in the folders of a project: `exclude` and `test.exclude` of its configuration, which name
 * files, folders and globs; with an exclamation mark what is to be taken after all.
 *
 * @param config what `deno.json` holds, of any shape
 * @returns a function of a path relative to the project, with forward slashes
 */
export function denoExcludes(config: unknown): (path: string) => boolean {
  const entries = [...listIn(config), ...listIn(field(config, "test"))].slice(0, MAX_ENTRIES);
  const rules = entries.map((entry) => {
    const isTaken = entry.startsWith("!");
    const path = entry.slice(isTaken ? 1 : 0).replace(/^(?:\.\/)+/, "").replace(/\/+$/, "");
    return { isExcluded: !isTaken, all: globToRegExp(path), below: globToRegExp(`${path}/**`) };
  });
  return (path) =>
    rules.findLast(({ all, below }) => all.test(path) || below.test(path))?.isExcluded ?? false;
}

function listIn(value: unknown): string[] {
  const list = field(value, "exclude");
  return Array.isArray(list) ? list.filter((entry) => typeof entry === "string" && entry !== "") : [];
}

function field(value: unknown, name: string): unknown {
  return typeof value === "object" && value !== null && Object.hasOwn(value, name)
    ? (value as Record<string, unknown>)[name]
    : undefined;
}
