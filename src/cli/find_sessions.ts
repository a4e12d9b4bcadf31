import { UsageError } from "../errors.ts";
import type { Files } from "../runtime/port.ts";
import { join } from "../std/path.ts";

/** A session directory with samples in it, or without. */
export interface FoundSession {
  readonly path: string;
  /** Paths of its `.sample.json` files, sorted. */
  readonly sampleFiles: readonly string[];
}

const SAMPLE_FILE = /\.sample\.json(\.gz)?$/;
/** A link to the newest session. */
const LATEST = "latest";
/** What a session directory has in it when there are no samples. */
const JOURNAL = "events.ndjson";

/**
 * Finds the sessions that a directory stands for: itself, or those in it.
 *
 * @param files the files of this machine
 * @param directory absolute path of a session directory, or of a folder of sessions such as `.prekill`
 * @param all every session in a folder of sessions; otherwise the newest, which is the last by name
 * @returns the sessions by name; none when there are none
 * @throws {UsageError} when the directory cannot be read
 */
export function findSessions(files: Files, directory: string, all: boolean): FoundSession[] {
  const names = files.list(directory)?.sort();
  if (names === undefined) {
    const isFile = (files.stat(directory)?.kind ?? "directory") !== "directory";
    const why = isFile ? "is not a directory" : files.explainUnreadable(directory);
    throw new UsageError(`Cannot report on "${directory}": ${why}; name a session directory`);
  }
  const sampleFiles = names.filter((name) => SAMPLE_FILE.test(name)).map((name) => join(directory, name));
  if (sampleFiles.length > 0 || names.includes(JOURNAL)) return [{ path: directory, sampleFiles }];
  const folders = names.filter((name) => name !== LATEST && !name.startsWith("."))
    .map((name) => join(directory, name))
    .filter((path) => files.stat(path)?.kind === "directory");
  return (all ? folders : folders.slice(-1)).map((path) => ({
    path,
    sampleFiles: (files.list(path) ?? []).filter((name) => SAMPLE_FILE.test(name)).sort()
      .map((name) => join(path, name)),
  }));
}
