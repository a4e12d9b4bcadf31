import { HostError } from "../errors.ts";
import { host } from "../runtime/host.ts";
import type { Runtime } from "../runtime/port.ts";

/** Group and others must not be able to write, as what is there is executed. */
const WRITABLE_BY_OTHERS = 0o022;

/** Where a runner program may be put. */
export interface RunnerPathOptions {
  /** The host; the one in use when undefined. */
  readonly runtime?: Runtime | undefined;
  /**
   * Absolute path of a private directory for where there is no cache; whoever gave it removes it. A new folder for temporary
   * files, which stays, when undefined.
   */
  readonly privateFolder?: string | undefined;
}

/**
 * Path of one of the built-in runner programs, as a file that an interpreter can run. It is written to a private cache
 * once for each version of its text: `prekill` in `XDG_CACHE_HOME`, or in `~/.cache`; without a home, or where that
 * cannot be written safely, to the private folder. What is there already is used only when it is ours, nobody else can write
 * to it, and it has the right text.
 *
 * @param name name of the file in `src/prespawn/runners`, such as `python.py`
 * @param options where it may be put
 * @returns absolute path
 * @throws {HostError} when there is no such runner, or nothing can be written
 */
export async function runnerPath(
  name: string,
  { runtime = host, privateFolder }: RunnerPathOptions = {},
): Promise<string> {
  const { RUNNER_PROGRAMS } = await import("./runner_programs.ts");
  const text = Object.hasOwn(RUNNER_PROGRAMS, name) ? RUNNER_PROGRAMS[name] : undefined;
  if (text === undefined) {
    const names = Object.keys(RUNNER_PROGRAMS).join(", ");
    throw new HostError(`Cannot find the runner "${name}": there are ${names}`);
  }
  const bytes = new TextEncoder().encode(text);
  const version = await digestOf(bytes);
  const cache = cacheFolder(runtime);
  if (cache !== undefined) {
    try {
      return unpack(runtime, `${cache}/prekill`, { version, name, bytes });
    } catch (error) {
      if (!(error instanceof HostError)) throw error;
      // A home that is read-only, or somebody else's: the tests can start warm all the same.
    }
  }
  const folder = privateFolder ?? runtime.files.makeTempDirectory("prekill-runners-");
  return unpack(runtime, folder, { version, name, bytes });
}

interface Program {
  readonly version: string;
  readonly name: string;
  readonly bytes: Uint8Array;
}

function unpack({ files }: Runtime, folder: string, { version, name, bytes }: Program): string {
  const own = `${folder}/runner-${version}`;
  // One after the other: nothing is made in a folder of somebody else's.
  for (const path of [folder, own]) {
    files.makeDirectory(path);
    requireOwn(files, path, "directory");
  }
  const path = `${own}/${name}`;
  if (!holds(files, path, bytes)) {
    // Whole or not at all, also when two runs begin at the same moment.
    const fresh = `${own}/${crypto.randomUUID()}`;
    files.create(fresh, bytes);
    files.rename(fresh, path);
  }
  requireOwn(files, path, "file");
  return path;
}

function holds(files: Runtime["files"], path: string, bytes: Uint8Array): boolean {
  if (files.readLink(path) !== undefined) return false;
  const found = files.readTail(path, bytes.length + 1);
  return found?.length === bytes.length && found.every((byte, place) => byte === bytes[place]);
}

/** @throws {HostError} when another user could have put it there, or change it */
function requireOwn(files: Runtime["files"], path: string, kind: "file" | "directory"): void {
  const stat = files.stat(path);
  const isOwn = stat?.uid === ownUser(files);
  const isLink = files.readLink(path) !== undefined;
  if (stat?.kind === kind && isOwn && !isLink && (stat.mode & WRITABLE_BY_OTHERS) === 0) return;
  throw new HostError(
    `Cannot use "${path}" for runners: it is not a ${kind} that only you can write to; remove it`,
  );
}

/** Where no file tells, a new directory does. */
function ownUser(files: Runtime["files"]): number | undefined {
  const self = files.stat("/proc/self");
  if (self !== undefined) return self.uid;
  const directory = files.makeTempDirectory("prekill-");
  const uid = files.stat(directory)?.uid;
  files.remove(directory);
  return uid;
}

function cacheFolder(runtime: Runtime): string | undefined {
  const cache = runtime.getEnv("XDG_CACHE_HOME");
  if (cache?.startsWith("/")) return cache;
  const home = runtime.getEnv("HOME");
  return home?.startsWith("/") ? `${home}/.cache` : undefined;
}

async function digestOf(bytes: Uint8Array): Promise<string> {
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes.slice()));
  return Array.from(digest.subarray(0, 8), (byte) => byte.toString(16).padStart(2, "0")).join("");
}
