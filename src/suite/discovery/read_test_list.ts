import { UsageError } from "../../errors.ts";
import type { Files } from "../../runtime/port.ts";
import { resolve } from "../../std/path.ts";
import { visibleText } from "../../visible_text.ts";

const MAX_BYTES = 256 * 1024 * 1024;

/**
 * Takes a list of tests apart: one on each line, or separated by NUL characters where there is one, as `find -print0` and
 * `git ls-files -z` write them. Empty entries are left out.
 *
 * @param text the list
 * @returns the entries
 */
export function splitTestList(text: string): string[] {
  return text.split(text.includes("\0") ? "\0" : /\r?\n/).filter((entry) => entry !== "");
}

/**
 * Reads the file of `--list-from`.
 *
 * @param files the host's files
 * @param path as the user wrote it
 * @param cwd absolute path of the run's working directory
 * @returns the entries
 * @throws {UsageError} when it cannot be read
 */
export function readTestList(files: Files, path: string, cwd: string): string[] {
  const absolute = resolve(cwd, path);
  const text = files.readText(absolute, MAX_BYTES);
  if (text !== undefined) return splitTestList(text);
  throw new UsageError(
    `Cannot read the list "${visibleText(path)}": ${
      files.explainUnreadable(absolute)
    }; name a file with a test on each line, or - for standard input`,
  );
}
