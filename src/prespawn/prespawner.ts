import { HostError, UsageError } from "../errors.ts";
import { findProgram } from "../runtime/find_program.ts";
import { host } from "../runtime/host.ts";
import type { Child, Runtime } from "../runtime/port.ts";
import { connectOutput } from "./connect_output.ts";
import type { Job } from "./job.ts";
import type { PoolOutput } from "./pooled_runner.ts";
import { Refiller } from "./refiller.ts";
import { RunnerPool } from "./runner_pool.ts";
import type { WarmStart } from "./warm_start.ts";

/** What a prespawner keeps ready. */
export interface PrespawnerOptions {
  /** How its runners are started. */
  readonly start: WarmStart;
  /** How many wait for a job; 1 when undefined. */
  readonly size?: number | undefined;
  /** Where the output of what is spawned goes; to prekill's own streams when undefined. */
  readonly output?: PoolOutput | undefined;
  /** The command that does a job without a runner, for when the program of the runner does not exist. */
  readonly coldCommand?: ((job: Job) => readonly [string, ...string[]]) | undefined;
  /**
   * Absolute path of a private directory for what runners write while they wait, on the file system of the logs; a new one
   * in the system's folder for temporary files, removed by `stop`, when undefined.
   */
  readonly directory?: string | undefined;
  /** How long a runner may take to get ready; 60 s when undefined. */
  readonly readyLimitMs?: number | undefined;
  /** Runners that nobody asks for so long are ended; 5 min when undefined. */
  readonly idleLimitMs?: number | undefined;
}

/** What one spawn may ask for. */
export interface SpawnOptions {
  /** Absolute path of the working directory; that of the runners when undefined. */
  readonly cwd?: string | undefined;
  /** Where both streams are appended to, when the output is a log; it does not exist yet. */
  readonly logPath?: string | undefined;
  /** Ends the waiting for a runner. */
  readonly signal?: AbortSignal | undefined;
}

/**
 * Keeps processes started beforehand, so that what is spawned begins at once. Each is used once, and replaced in the
 * background when a processor is free. Whoever makes one stops it; what has been spawned is its spawner's.
 *
 * @example Spawn a script in a shell that has started already
 * ```ts
 * import { Prespawner } from "./prespawner.ts";
 *
 * const directory = await Deno.makeTempDir();
 * const runnerFile = `${directory}/runner.sh`;
 * await Deno.writeTextFile(runnerFile, `echo ready > "$PREKILL_READY"; job=$(cat); [ "$job" = null ] || exit 7`);
 * const start = { runner: "sh", command: ["/bin/sh", runnerFile], runnerFile, cwd: directory, env: {}, preloads: [] } as const;
 * {
 *   await using prespawner = new Prespawner({ start, size: 2 });
 *   prespawner.start();
 *   const child = await prespawner.spawn(["test.sh", "--fast"], { LANG: "C" });
 *   const exit = await child.exited;
 *   if (exit.kind !== "exited" || exit.code !== 7) throw new Error("unexpected");
 * }
 * await Deno.remove(directory, { recursive: true });
 * ```
 */
export class Prespawner implements AsyncDisposable {
  /** How many wait for a job. */
  readonly size: number;
  readonly #options: PrespawnerOptions;
  readonly #runtime: Runtime;
  readonly #output: PoolOutput;
  readonly #ownDirectory: string | undefined;
  readonly #pool: RunnerPool;
  readonly #refiller: Refiller;
  #running = 0;
  #isStarted = false;
  #isStopped = false;

  /**
   * Starts nothing yet.
   *
   * @param options what is kept ready
   * @param runtime the host; the one in use when undefined
   * @throws {HostError} when no temporary directory can be created
   */
  constructor(options: PrespawnerOptions, runtime: Runtime = host) {
    const { start, size = 1, output = { kind: "inherit" }, readyLimitMs, idleLimitMs } = options;
    this.size = size;
    this.#options = options;
    this.#runtime = runtime;
    this.#output = output;
    if (options.directory === undefined) {
      this.#ownDirectory = runtime.files.makeTempDirectory("prekill-");
    }
    this.#pool = new RunnerPool({
      start,
      output,
      directory: options.directory ?? this.#ownDirectory!,
      maxStarting: Math.max(size, runtime.cpuCount),
      readyLimitMs,
      idleLimitMs,
      onChange: () => this.#refiller.look(),
    }, runtime);
    this.#refiller = new Refiller({
      runningCount: () => this.#running,
      startingCount: () => this.#pool.starting,
      isWanted: () => this.#isStarted && this.#pool.spare < size && this.#pool.isUsable,
      startNext: () => this.#pool.add(),
    }, runtime);
  }

  /** Begins to start runners; does nothing when the program of the runner does not exist, and when called again. */
  start(): void {
    this.#isStarted = true;
    this.#refiller.look();
  }

  /**
   * Gives a job to a runner, and waits for one when none is ready. Where the program of the runner does not exist, the
   * command of `coldCommand` is started.
   *
   * @param args path of what is to run, and its arguments
   * @param env added to the environment of the runners
   * @param options where, and what ends the waiting
   * @returns the child; its standard input is at its end
   * @throws {RunnerError} when runners have failed three times in a row, with what the last one said
   * @throws {UsageError} when the output is a log, and no path is given
   * @throws {HostError} when it has been stopped, or there is no runner and no `coldCommand`
   * @throws {SpawnError} when the cold command cannot be started
   * @throws the signal's reason when aborted
   */
  async spawn(
    args: readonly [string, ...string[]],
    env: Readonly<Record<string, string>> = {},
    options: SpawnOptions = {},
  ): Promise<Child> {
    const { start } = this.#options;
    const [main, ...rest] = args;
    if (this.#output.kind === "log" && options.logPath === undefined) {
      throw new UsageError(`Cannot spawn "${main}": the output goes to a log; give its logPath`);
    }
    const job: Job = { v: 1, main, args: rest, env: { ...start.env, ...env }, cwd: options.cwd ?? start.cwd };
    const child = await this.#pool.take(job, options) ?? this.#spawnCold(job, options.logPath);
    this.#running++;
    child.exited.then(() => {
      this.#running--;
      this.#refiller.look();
    });
    this.#refiller.look();
    return child;
  }

  /** Ends all that wait, politely and after two seconds by KILL; calls after the first wait as well. */
  async stop(): Promise<void> {
    this.#isStopped = true;
    this.#refiller.stop();
    await this.#pool.stop();
    if (this.#ownDirectory !== undefined) this.#runtime.files.remove(this.#ownDirectory, { recursive: true });
  }

  /** As `stop`. */
  [Symbol.asyncDispose](): Promise<void> {
    return this.stop();
  }

  #spawnCold(job: Job, logPath: string | undefined): Child {
    const { start: { runnerFile }, coldCommand } = this.#options;
    const problem = this.#isStopped
      ? "the prespawner has been stopped"
      : coldCommand === undefined
      ? `the runner "${runnerFile}" does not exist; give a coldCommand`
      : undefined;
    if (problem !== undefined) throw new HostError(`Cannot spawn "${job.main}": ${problem}`);
    const [name, ...args] = coldCommand!(job);
    const { cwd, env } = job;
    const found = findProgram(this.#runtime.files, name, { searchPath: env.PATH, cwd });
    const program = found.kind === "found" ? found.path : name;
    const command = { program, args, cwd, env, newSession: true, stdin: "null" } as const;
    const output = this.#output.kind === "log" ? { kind: "log", path: logPath! } as const : this.#output;
    return this.#runtime.spawn(connectOutput(this.#runtime, command, output));
  }
}
