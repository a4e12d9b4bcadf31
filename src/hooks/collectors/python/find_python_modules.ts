/** A file mapped into a process that may be a CPython. */
export interface PythonModule {
  readonly path: string;
  /** Where the start of the file is mapped. */
  readonly loadAddress: number;
}

/** What the maps of a process say about Python. */
export interface PythonModules {
  /** The most likely first. */
  readonly modules: readonly PythonModule[];
  /** Such as "3.10", by the name of a module or of the standard library, where one is mapped. */
  readonly versionByName?: string | undefined;
}

const MAPS_LINE = /^([0-9a-f]+)-[0-9a-f]+ \S+ ([0-9a-f]+) \S+ \d+ +(\/.*)$/;
const VERSION_IN_PATH = /python([23]\.\d+)/;

/**
 * Finds the files in a process that may hold a CPython: its program, `libpython`, and others with that name.
 *
 * @param maps the text of `/proc/PID/maps`
 * @param exe what `/proc/PID/exe` leads to
 * @returns no modules when nothing in it says Python
 */
export function findPythonModules(maps: string, exe: string | undefined): PythonModules {
  const program = exe === undefined ? undefined : withoutMark(exe);
  const found = new Map<string, PythonModule & { readonly rank: number }>();
  let versionInLibrary: string | undefined;
  for (const line of maps.split("\n")) {
    const [, start, offset, rawPath] = MAPS_LINE.exec(line) ?? [];
    if (start === undefined || rawPath === undefined) continue;
    const path = withoutMark(rawPath);
    versionInLibrary ??= VERSION_IN_PATH.exec(path)?.[1];
    const rank = rankOf(path, program);
    if (rank === undefined || Number.parseInt(offset!, 16) !== 0 || found.has(path)) continue;
    found.set(path, { path, loadAddress: Number.parseInt(start, 16), rank });
  }
  const modules = [...found.values()].sort((a, b) => a.rank - b.rank)
    .map(({ path, loadAddress }) => ({ path, loadAddress }));
  // A program that is none of Python's and has mapped none of its libraries is not looked into.
  if (!modules.some(({ path }) => path !== program || saysPython(path))) return { modules: [] };
  const named = modules.map(({ path }) => VERSION_IN_PATH.exec(baseName(path))?.[1]).find(Boolean);
  return { modules, versionByName: named ?? versionInLibrary };
}

function rankOf(path: string, program: string | undefined): number | undefined {
  if (path === program) return 0;
  const name = baseName(path);
  if (/^libpython/.test(name)) return 1;
  return saysPython(path) && !/\.(cpython|abi3)[^/]*$|\.(zip|whl|mo|py[co]?)$/.test(name) ? 2 : undefined;
}

function saysPython(path: string): boolean {
  return baseName(path).includes("python");
}

function withoutMark(path: string): string {
  return path.replace(/ \(deleted\)$/, "");
}

function baseName(path: string): string {
  return path.slice(path.lastIndexOf("/") + 1);
}
