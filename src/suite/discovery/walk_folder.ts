import type { Files } from "../../runtime/port.ts";

/** What a walk through folders is told and tells. */
export interface WalkOptions {
  /** Whether it may be a test, by its name alone; only those are looked at. */
  isWanted(name: string, path: string): boolean;
  /** Whether a file or folder is left out, by its path. */
  isExcluded(path: string): boolean;
  /** Gets each file, in the order of the names. */
  onFile(path: string, mode: number): void;
  /** Gets each folder that could not be read. */
  onUnreadable(path: string): void;
  /** Whether enough has been found. */
  isFull(): boolean;
}

/** What is in them was not written by the project, or was not meant to be run. */
const SKIPPED = new Set(["node_modules", "dist", "__pycache__", "venv"]);
const MAX_DEPTH = 64;

/**
 * Looks through a folder and all below it, but for hidden ones, `node_modules`, `dist`, and those of Python's environments.
 * Links to folders are not followed, so that nothing is found twice.
 *
 * @param files the host's files
 * @param folder path of the folder
 * @param options what to look for, and who is told
 */
export function walkFolder(files: Files, folder: string, options: WalkOptions): void {
  const walk = (path: string, depth: number): void => {
    const names = files.list(path);
    if (names === undefined) return options.onUnreadable(path);
    const folders: string[] = [];
    for (const name of names.sort()) {
      if (options.isFull()) return;
      if (name.startsWith(".") || SKIPPED.has(name)) continue;
      const child = path.endsWith("/") ? `${path}${name}` : `${path}/${name}`;
      const isWanted = options.isWanted(name, child);
      // Most names with an ending are no folders: sparing the question makes the walk twice as fast.
      if (!isWanted && PLAIN_FILE.test(name)) continue;
      const stat = files.stat(child);
      if (stat?.kind === "directory") folders.push(child);
      else if (isWanted && stat?.kind === "file" && !options.isExcluded(child)) {
        options.onFile(child, stat.mode);
      } else if (isWanted && stat === undefined && name.includes("\ufffd")) options.onUnreadable(child);
    }
    if (depth === MAX_DEPTH) return;
    for (const child of folders) {
      if (options.isExcluded(child) || files.readLink(child) !== undefined) continue;
      walk(child, depth + 1);
    }
  };
  walk(folder, 0);
}

const PLAIN_FILE =
  /\.(?:[cm]?[jt]sx?|json|md|py|pyc|txt|html|css|c|h|cc|cpp|o|so|rs|go|java|class|rb|sh|png|jpg|svg|map|lock|toml|ya?ml|snap|log)$/;
