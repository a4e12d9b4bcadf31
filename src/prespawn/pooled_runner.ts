import type { Child, Files, Runtime } from "../runtime/port.ts";
import { createLister } from "../tree/create_lister.ts";
import { isDead } from "../tree/process_entry.ts";
import type { Job } from "./job.ts";
import { WaitingRunner } from "./waiting_runner.ts";
import type { RunnerOutput, WarmStart } from "./warm_start.ts";

/** Where the output of the runners of a pool goes; a log gets its path when the runner is handed out. */
export type PoolOutput = Exclude<RunnerOutput, { readonly kind: "log" }> | { readonly kind: "log" };

/** What a runner of a pool is started with. */
export interface PooledRunnerOptions {
  /** How it is started. */
  readonly start: WarmStart;
  /** Where its output goes. */
  readonly output: PoolOutput;
  /** Absolute path of what its files are called, without an end to the name. */
  readonly filePath: string;
}

/** What goes with the job of a runner. */
export interface HandOutOptions {
  /** Where its log is to be, when it has one: on the file system of the directory of the pool. */
  readonly logPath?: string | undefined;
  /** Ends the waiting. */
  readonly signal?: AbortSignal | undefined;
}

/** A runner of a pool, its files, and what it has loaded. */
export class PooledRunner {
  readonly #options: PooledRunnerOptions;
  readonly #runtime: Runtime;
  readonly #runner: WaitingRunner;
  readonly #loaded: string;
  readonly #readyPath: string;
  readonly #logPath: string;

  /**
   * Starts one.
   *
   * @param options what is started
   * @param runtime the host
   * @throws {SpawnError} when it cannot be started
   * @throws {HostError} when its log cannot be created
   */
  constructor(options: PooledRunnerOptions, runtime: Runtime) {
    const { start, filePath } = options;
    this.#options = options;
    this.#runtime = runtime;
    this.#loaded = describeFiles(runtime.files, start);
    this.#readyPath = `${filePath}.ready`;
    this.#logPath = `${filePath}.log`;
    const output: RunnerOutput = options.output.kind === "log"
      ? { kind: "log", path: this.#logPath }
      : options.output;
    this.#runner = new WaitingRunner({ start, output, readyPath: this.#readyPath }, runtime);
  }

  /** Process id. */
  get pid(): number {
    return this.#runner.pid;
  }

  /** Whether it has not ended: its end may not have been told yet. */
  get isAlive(): boolean {
    if (!this.#runner.isAlive) return false;
    if (this.#runtime.os !== "linux") return true;
    const entry = createLister(this.#runtime).read(this.pid);
    return entry !== undefined && !isDead(entry);
  }

  /** Whether the files that it has loaded have changed since. */
  get isStale(): boolean {
    return describeFiles(this.#runtime.files, this.#options.start) !== this.#loaded;
  }

  /** Waits until it is ready, as `WaitingRunner.ready`. */
  ready(limitMs: number): Promise<void> {
    return this.#runner.ready(limitMs);
  }

  /**
   * Gives it its job. When that fails it has been ended, and nothing is left at the path of the log.
   *
   * @param job what is to run
   * @param options where its log is to be
   * @returns the child, as `WaitingRunner.give`
   * @throws {RunnerError} when it has not read its job
   * @throws {HostError} when its log cannot be moved
   * @throws the signal's reason when aborted
   */
  async handOut(job: Job, { logPath, signal }: HandOutOptions): Promise<Child> {
    const { files } = this.#runtime;
    const moves = this.#options.output.kind === "log" && logPath !== undefined;
    let hasMoved = false;
    try {
      if (moves) files.rename(this.#logPath, logPath);
      hasMoved = moves;
      const child = await this.#runner.give(job, signal);
      files.remove(this.#readyPath);
      return child;
    } catch (error) {
      await this.end(0);
      if (hasMoved) files.remove(logPath!);
      throw error;
    }
  }

  /** Ends it, as `WaitingRunner.end`, and removes its files. */
  async end(graceMs: number): Promise<void> {
    await this.#runner.end(graceMs);
    for (const path of [this.#readyPath, this.#logPath]) this.#runtime.files.remove(path);
  }
}

/** Tells versions of the runner's program, of the preloads that are files and of a test that is loaded already, apart. */
function describeFiles(
  files: Files,
  { runnerFile, preloads, command, isForOneTest, cwd }: WarmStart,
): string {
  const own = isForOneTest ? command.slice(1).filter((word) => !word.startsWith("-")) : [];
  return [runnerFile, ...preloads, ...own].map((path) => {
    const stat = files.stat(path.startsWith("/") ? path : `${cwd}/${path}`);
    return stat?.kind === "file" ? `${stat.inode} ${stat.sizeBytes} ${stat.modifiedMs}` : "";
  }).join("\n");
}
