import { HostError } from "../errors.ts";
import { createExclusive } from "./create_exclusive.ts";
import { errorCode } from "./error_words.ts";
import type { RawFile, RawFiles } from "./raw_files.ts";

/** Somebody creates and removes the file all the time if this is not enough. */
const MAX_ATTEMPTS = 10;

/**
 * Opens a file for appending and creates it if need be, without following a link as the last part of the path. Not
 * every host can say `O_NOFOLLOW`: the path is looked at before, and the opened file compared with it after.
 *
 * @param raw the host's functions
 * @param path a regular file or a character device such as `/dev/null`, or nothing yet
 * @returns the open file; the caller closes it
 * @throws the host's error, or {HostError} that says what the path is
 */
export function openForAppending(raw: RawFiles, path: string): RawFile {
  for (let attempt = 1;; attempt++) {
    try {
      return createExclusive(raw, path);
    } catch (error) {
      if (errorCode(error) !== "EEXIST") throw error;
    }
    try {
      return openExisting(raw, path);
    } catch (error) {
      if (errorCode(error) !== "ENOENT" || attempt === MAX_ATTEMPTS) throw error;
    }
  }
}

function openExisting(raw: RawFiles, path: string): RawFile {
  const before = raw.linkStat(path);
  if (before.kind === "link") throw new HostError("is a symbolic link");
  if (before.kind === "directory") throw new HostError("is a directory");
  // Opening a FIFO would wait until somebody reads from it.
  if (before.kind !== "file" && before.kind !== "char-device") throw new HostError("is not a regular file");
  const file = raw.open(path, "append");
  const opened = file.stat();
  if (opened.inode !== before.inode || opened.device !== before.device) {
    file.close();
    throw new HostError("was replaced while it was opened");
  }
  return file;
}
