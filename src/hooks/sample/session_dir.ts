import { HostError, messageOf } from "../../errors.ts";
import type { Runtime } from "../../runtime/port.ts";
import { dirname, join, resolve } from "../../std/path.ts";

/** Where sessions go unless the user names a place. */
const DEFAULT_PARENT = ".prekill";

/** The directory of one session, which comes into being with the first file in it. */
export interface SessionDir {
  /** Absolute path, whether or not it exists. */
  readonly path: string;
  /**
   * Finds out, before anything runs, whether files can be written there; leaves nothing behind.
   *
   * @throws {HostError} when it, or a folder above it, is not a directory or cannot be written to
   */
  check(): void;
  /**
   * Creates the directory unless it is there. At the default place `.prekill/latest` then points to it.
   *
   * @throws {HostError} when it exists as a file or cannot be created
   */
  ensure(): void;
  /** Removes the directory again if nothing is in it, at the default place with what `ensure` put beside it. */
  removeIfEmpty(): void;
}

/**
 * The directory of one session. Nothing is created until `ensure` is called. Two calls with the same arguments name the
 * same directory: `performance.timeOrigin` as the start makes one session of one program.
 *
 * @param runtime the host
 * @param path the place the user named; `.prekill/<UTC time>-<pid>` in the working directory when undefined
 * @param nowEpochMs the start of the session, for its name
 * @returns the directory; the caller removes what is written to it, if anybody does
 */
export function createSessionDir(runtime: Runtime, path: string | undefined, nowEpochMs: number): SessionDir {
  const { files } = runtime;
  const parent = resolve(runtime.cwd(), DEFAULT_PARENT);
  const name = `${timeName(nowEpochMs)}-${runtime.pid}`;
  const sessionPath = path === undefined ? join(parent, name) : resolve(runtime.cwd(), path);
  const fail = (reason: string): never => {
    throw new HostError(
      `Cannot use the session directory "${
        path === "" ? "" : sessionPath
      }": ${reason}; name another one with --session-dir`,
    );
  };
  /** The nearest folder at or above the session directory that exists. */
  const existing = (): string => {
    if (path === "") fail("its name is empty");
    let place = sessionPath;
    for (;;) {
      const stat = files.stat(place);
      if (stat?.kind === "directory") return place;
      const where = place === sessionPath ? "it" : `"${place}"`;
      if (stat !== undefined) fail(`${where} is a file`);
      if (files.readLink(place) !== undefined) fail(`${where} is a link to something that does not exist`);
      if (dirname(place) === place) fail("there is no such file system");
      place = dirname(place);
    }
  };
  const latest = join(parent, "latest");
  const ignored = join(parent, ".gitignore");
  let latestBefore: string | undefined;
  /** Points back to where it pointed before this session. */
  const restoreLatest = (): void => {
    files.remove(latest);
    if (
      latestBefore === undefined || latestBefore === name ||
      files.stat(join(parent, latestBefore)) === undefined
    ) return;
    try {
      files.replaceLink(latestBefore, latest);
    } catch {
      // A convenience only.
    }
  };
  let parentIsNew = false;
  let ensured = false;
  return {
    path: sessionPath,
    check() {
      const place = existing();
      const probe = join(place, `.prekill-probe-${runtime.pid}`);
      try {
        files.create(probe, new Uint8Array());
      } catch (error) {
        fail(`nothing can be created in "${place}" (${reasonOf(error)})`);
      }
      files.remove(probe);
    },
    ensure() {
      if (ensured) return;
      const place = existing();
      parentIsNew = path === undefined && files.stat(parent) === undefined;
      try {
        files.makeDirectory(sessionPath);
      } catch (error) {
        fail(`nothing can be created in "${place}" (${reasonOf(error)})`);
      }
      ensured = true;
      if (path !== undefined) return;
      try {
        if (parentIsNew) files.create(ignored, new TextEncoder().encode("*\n"));
        latestBefore = files.readLink(latest);
        files.replaceLink(name, latest);
      } catch {
        // Conveniences only: Windows may refuse links, another session may have written the file first.
      }
    },
    removeIfEmpty() {
      files.remove(sessionPath);
      ensured = false;
      if (path !== undefined || files.stat(sessionPath) !== undefined) return;
      if (files.readLink(latest) === name) restoreLatest();
      if (!parentIsNew || files.list(parent)?.join() !== ".gitignore") return;
      files.remove(ignored);
      files.remove(parent);
    },
  };
}

/** `20260131T101500` in UTC. */
function timeName(epochMs: number): string {
  return new Date(epochMs).toISOString().slice(0, 19).replace(/[-:]/g, "");
}

/** What follows the last quoted name of a sentence such as `Cannot create the file "x": the disk is full`. */
function reasonOf(error: unknown): string {
  return messageOf(error).replace(/^.*": /, "");
}
