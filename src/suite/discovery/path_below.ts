import { relative } from "../../std/path.ts";

/**
 * A path as seen from a folder, with forward slashes on every system.
 *
 * @param folder absolute path
 * @param path absolute path
 * @returns the path relative to the folder, empty for the folder itself; undefined when it is not below
 */
export function pathBelow(folder: string, path: string): string | undefined {
  // The common case, a hundred times as fast as taking both apart.
  if (folder.startsWith("/") && path.startsWith(`${folder}/`)) return path.slice(folder.length + 1);
  const seen = relative(folder, path).replaceAll("\\", folder.startsWith("/") ? "\\" : "/");
  return /^(?:\.\.(?:\/|$)|\/|[A-Za-z]:)/.test(seen) ? undefined : seen;
}
