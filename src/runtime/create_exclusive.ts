import type { RawFile, RawFiles } from "./raw_files.ts";

/**
 * Creates a file that must not exist, for its owner only.
 *
 * @param raw the host's functions
 * @param path where nothing is, not even a broken link
 * @returns the open file; the caller closes it
 * @throws the host's error
 */
export function createExclusive(raw: RawFiles, path: string): RawFile {
  const file = raw.open(path, "create");
  try {
    // An odd umask takes the owner's permissions away, too.
    if (file.stat().mode !== 0o600) raw.setMode(path, 0o600);
  } catch {
    // The file system has no permissions, or fixed ones.
  }
  return file;
}
