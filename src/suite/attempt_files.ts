import { messageOf } from "../errors.ts";
import { sampleFileName } from "../hooks/sample/sample_file_name.ts";
import { errorCode, errorWords } from "../runtime/error_words.ts";
import type { Files } from "../runtime/port.ts";
import type { SuiteTest } from "./suite_options.ts";

/** What one attempt has for itself. */
export interface AttemptPlace {
  /** Path of its log relative to the session directory, and absolute; created by whoever writes to it. */
  readonly logPath: string;
  readonly absoluteLogPath: string;
  /** A new, empty folder for its temporary files; undefined when none can be made. */
  readonly tempDir: string | undefined;
}

/** What becomes of a place. */
export interface ClearOptions {
  /** Whether the log stays. */
  readonly keepLog: boolean;
  /** Its size. */
  readonly outputBytes: number;
  /** Whether processes are left that may still write to the temporary folder. */
  readonly isInUse: boolean;
}

const LARGE_BYTES = 1024 * 1024;
/** A block of the usual file systems: less may still fit into one that is there. */
const PROBE_BYTES = 4096;
const FULL_DISK: ReadonlySet<string> = new Set(["ENOSPC", "EDQUOT"]);

/** The logs of a run, in its session directory, and the temporary folders of its attempts. */
export class AttemptFiles {
  readonly #files: Files;
  readonly #sessionDir: string;
  readonly #warn: (message: string) => void;
  #tempRoot: string | undefined;
  #tempCount = 0;
  /** What is on its way. */
  readonly #removals = new Set<Promise<void>>();
  /** Folders that nothing was put into: making and removing one takes longer than all else of a quick test. */
  readonly #emptyTempDirs: string[] = [];

  /**
   * Creates the folder of the logs.
   *
   * @param files the host's files
   * @param sessionDir absolute path of the session directory, which exists
   * @param warn is told what cannot be had
   * @throws {HostError} when the folder cannot be created
   */
  constructor(files: Files, sessionDir: string, warn: (message: string) => void) {
    this.#files = files;
    this.#sessionDir = sessionDir;
    this.#warn = warn;
    files.makeDirectory(`${sessionDir}/logs`);
    try {
      this.#tempRoot = files.makeTempDirectory("prekill-");
    } catch (error) {
      warn(`The tests share a folder for temporary files: ${messageOf(error)}`);
    }
  }

  /** Absolute path of the folder that all temporary folders are in; undefined when none can be made. */
  get tempRoot(): string | undefined {
    return this.#tempRoot;
  }

  /**
   * Makes the place of an attempt; `clear` takes it back.
   *
   * @param test whose attempt
   * @param number tells the log from all others of the run, and of the runs that it carries on
   */
  prepare(test: SuiteTest, number: number): AttemptPlace {
    const logPath = `logs/${sampleFileName(test.file, number)}.log`;
    return { logPath, absoluteLogPath: `${this.#sessionDir}/${logPath}`, tempDir: this.#makeTempDir() };
  }

  /**
   * Removes the temporary folder of an attempt and, unless it is to be kept, its log.
   *
   * @param place of the attempt
   * @param what how
   */
  clear({ absoluteLogPath, tempDir }: AttemptPlace, what: ClearOptions): void {
    if (!what.keepLog) this.#remove(absoluteLogPath, what.outputBytes);
    if (tempDir === undefined) return;
    if (!what.isInUse && this.#files.list(tempDir)?.length === 0) this.#emptyTempDirs.push(tempDir);
    else this.#removeLater(tempDir);
  }

  /**
   * Finds out whether a disk is full that tests write to; leaves nothing behind.
   *
   * @returns which one, as a sentence; undefined when there is room, or it cannot be told
   */
  whyNoRoom(): string | undefined {
    return this.#whyFull("output", `${this.#sessionDir}/logs`) ??
      this.#whyFull("temporary files", this.#tempRoot);
  }

  #whyFull(what: string, folder: string | undefined): string | undefined {
    if (folder === undefined) return undefined;
    const probe = `${folder}/.room-probe`;
    try {
      this.#files.create(probe, new Uint8Array(PROBE_BYTES));
    } catch (error) {
      const { cause } = error as Error;
      return FULL_DISK.has(errorCode(cause))
        ? `no room for ${what} in "${folder}", ${errorWords(cause)}`
        : undefined;
    }
    this.#files.remove(probe);
    return undefined;
  }

  /**
   * Creates the folder of the logs again, if somebody has removed it.
   *
   * @returns whether it was missing and is there now
   */
  restore(): boolean {
    const folder = `${this.#sessionDir}/logs`;
    if (this.#files.stat(folder) !== undefined) return false;
    try {
      this.#files.makeDirectory(folder);
    } catch {
      return false;
    }
    this.#warn(
      `The folder "${folder}" was removed while tests ran; it has been created again, its logs are lost`,
    );
    return true;
  }

  /** Removes the temporary folders; the logs stay. Resolves when all that was to be removed is gone. */
  async close(): Promise<void> {
    await Promise.all(this.#removals);
    if (this.#tempRoot !== undefined) await this.#files.removeLater(this.#tempRoot);
    if (this.#files.list(`${this.#sessionDir}/logs`)?.length === 0) {
      this.#files.remove(`${this.#sessionDir}/logs`);
    }
  }

  /** The system takes a millisecond for each few megabytes; a small file is gone sooner than somebody else could be asked. */
  #remove(path: string, sizeBytes: number): void {
    if (sizeBytes > LARGE_BYTES) this.#removeLater(path);
    else this.#files.remove(path);
  }

  #removeLater(path: string): void {
    const removal = this.#files.removeLater(path);
    this.#removals.add(removal);
    removal.then(() => this.#removals.delete(removal));
  }

  #makeTempDir(): string | undefined {
    if (this.#tempRoot === undefined) return undefined;
    const empty = this.#emptyTempDirs.pop();
    if (empty !== undefined) return empty;
    const path = `${this.#tempRoot}/${++this.#tempCount}`;
    try {
      this.#files.makeDirectory(path);
      return path;
    } catch (error) {
      this.#tempRoot = undefined;
      this.#warn(`The tests share a folder for temporary files from here on: ${messageOf(error)}`);
      return undefined;
    }
  }
}
