import { HostError } from "../errors.ts";
import { createExclusive } from "./create_exclusive.ts";
import { errorCode, errorWords } from "./error_words.ts";
import type { Files, FileStat, ReadHandle } from "./port.ts";
import type { RawFile, RawFiles, RawStat } from "./raw_files.ts";
import { openForAppending } from "./open_for_appending.ts";
import { readEnd, readHeadText } from "./read_file.ts";
import { writeAll } from "./write_all.ts";

const DEFAULT_MAX_BYTES = 16 * 1024 * 1024;
const NO_FILE: Readonly<Partial<Record<RawStat["kind"], string>>> = {
  directory: "is a directory",
  link: "is a symbolic link",
};
/** Entries of `/proc` that are what they say, unlike those that lead to the files of a process, FIFOs among them. */
const PLAIN_PROC_FILE = /^\/proc\/(?!.*\/(?:fd|cwd|root|map_files)(?:\/|$))/;

/**
 * The port's files over what a host has.
 *
 * @param raw the host's functions
 * @returns files as the port promises them
 */
export function createFiles(raw: RawFiles): Files {
  return {
    readText: (path, maxBytes = DEFAULT_MAX_BYTES) =>
      attempt(() => reading(raw, path, (file) => readHeadText(file, maxBytes))),
    readTail: (path, maxBytes) => attempt(() => reading(raw, path, (file) => readEnd(file, maxBytes))),
    list: (path) => attempt(() => raw.list(path)),
    readLink: (path) => attempt(() => raw.readLink(path)),
    stat: (path) => attempt(() => publicStat(raw.stat(path))),
    realPath: (path) => attempt(() => raw.realPath(path)),
    explainUnreadable: (path) => explainUnreadable(raw, path),
    openRead: (path) => attempt(() => openHandle(raw, path)),
    create(path, bytes) {
      hosted(`create the file "${path}"`, () => createFile(raw, path, bytes));
    },
    replace(path, bytes) {
      hosted(`replace the file "${path}"`, () => replaceFile(raw, path, bytes));
    },
    rename(from, to) {
      hosted(`rename the file "${from}" to "${to}"`, () => raw.rename(from, to));
    },
    openAppend(path) {
      const file = hosted(`write to the file "${path}"`, () => openForAppending(raw, path));
      return {
        write: (bytes) => hosted(`write to the file "${path}"`, () => writeAll(file, bytes)),
        close: () => file.close(),
      };
    },
    makeDirectory(path) {
      hosted(`create the directory "${path}"`, () => {
        try {
          raw.makeDirectory(path);
        } catch (error) {
          const there = attempt(() => raw.stat(path));
          if (there?.kind === "directory") return;
          throw there === undefined ? error : new HostError("a file with this name is in the way");
        }
      });
    },
    makeTempDirectory: (prefix) =>
      hosted(`create a temporary directory "${prefix}"`, () => raw.makeTempDirectory(prefix)),
    replaceLink(target, path) {
      hosted(`create the link "${path}"`, () => replaceLink(raw, target, path));
    },
    removeLater: (path) => raw.removeLater(path).catch(() => {}),
    remove(path, options) {
      attempt(() => raw.remove(path, options?.recursive ?? false));
    },
  };
}

/** The value, or undefined when the host throws. */
function attempt<T>(action: () => T): T | undefined {
  try {
    return action();
  } catch {
    return undefined;
  }
}

/** Turns what the host throws into `Cannot <what>: <why>`. */
function hosted<T>(what: string, action: () => T): T {
  try {
    return action();
  } catch (error) {
    throw new HostError(`Cannot ${what}: ${errorWords(error)}`, { cause: error });
  }
}

function openForReading(raw: RawFiles, path: string): RawFile {
  // Opening a FIFO would wait until somebody writes to it.
  if (!PLAIN_PROC_FILE.test(path) && raw.stat(path).kind !== "file") {
    throw new HostError("is not a regular file");
  }
  return raw.open(path, "read");
}

function reading<T>(raw: RawFiles, path: string, action: (file: RawFile) => T): T {
  const file = openForReading(raw, path);
  try {
    return action(file);
  } finally {
    file.close();
  }
}

function openHandle(raw: RawFiles, path: string): ReadHandle {
  const file = openForReading(raw, path);
  return {
    readAt(buffer, position) {
      try {
        return file.read(buffer, position);
      } catch {
        return -1;
      }
    },
    close: () => file.close(),
  };
}

function explainUnreadable(raw: RawFiles, path: string): string {
  try {
    const { kind } = raw.stat(path);
    if (kind === "directory") {
      raw.list(path);
      return "is a directory";
    }
    reading(raw, path, (file) => file.read(new Uint8Array(1), 0));
    return "could not be read before, now it can";
  } catch (error) {
    return errorWords(error);
  }
}

function createFile(raw: RawFiles, path: string, bytes: Uint8Array): void {
  const file = createExclusive(raw, path);
  try {
    writeAll(file, bytes);
  } catch (error) {
    raw.remove(path, false);
    throw error;
  } finally {
    file.close();
  }
}

function replaceFile(raw: RawFiles, path: string, bytes: Uint8Array): void {
  const there = attempt(() => raw.linkStat(path));
  // Root could put a file in the place of /dev/null, from which the machine would not recover.
  if (there !== undefined && there.kind !== "file") {
    throw new HostError(NO_FILE[there.kind] ?? "is not a regular file");
  }
  const temporary = `${path}.new`;
  createFile(raw, temporary, bytes);
  try {
    raw.rename(temporary, path);
  } catch (error) {
    raw.remove(temporary, false);
    throw error;
  }
}

function replaceLink(raw: RawFiles, target: string, path: string): void {
  const there = attempt(() => raw.linkStat(path));
  if (there !== undefined && there.kind !== "link") {
    throw new HostError("something else than a link has this name");
  }
  for (let attempts = 0;; attempts++) {
    const temporary = `${path}.${attempts}.new`;
    try {
      raw.link(target, temporary);
    } catch (error) {
      // Somebody replaces the same link at the same time, or was killed while doing so.
      if (errorCode(error) === "EEXIST" && attempts < 100) continue;
      throw error;
    }
    try {
      raw.rename(temporary, path);
    } catch (error) {
      raw.remove(temporary, false);
      throw error;
    }
    return;
  }
}

function publicStat(stat: RawStat): FileStat {
  const { kind, sizeBytes, inode, modifiedMs, mode, uid } = stat;
  return { kind: kind === "link" ? "other" : kind, sizeBytes, inode, modifiedMs, mode, uid };
}
