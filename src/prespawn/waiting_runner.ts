import type { Exit } from "../outcome.ts";
import { findProgram } from "../runtime/find_program.ts";
import type { Child, Runtime, SpawnCommand } from "../runtime/port.ts";
import { encodeJob, type Job } from "./job.ts";
import { RUNNER_VARIABLES, type RunnerOutput, type WarmStart } from "./warm_start.ts";

/** How often the side channel is looked at while somebody waits: a look takes microseconds. */
const LOOK_PAUSE_MS = 1;
/** What a runner writes when it waits for its job. */
const READY = "ready\n";
/** How much of the output of a runner that failed is told. */
const TOLD_BYTES = 2000;

/** A runner could not be made ready: the message says how it ended and what it printed. */
export class RunnerError extends Error {
  /** For checks across module instances. */
  override readonly name = "RunnerError";
}

/** What a runner is started with. */
export interface WaitingRunnerOptions {
  /** How it is started. */
  readonly start: WarmStart;
  /** Where its output goes. */
  readonly output: RunnerOutput;
  /** Path of a file that does not exist, in a private directory; whoever gave it removes it. */
  readonly readyPath: string;
}

/** One runner, from its start until it has got its job: it is used once. */
export class WaitingRunner {
  /** As given. */
  readonly output: RunnerOutput;
  readonly #runtime: Runtime;
  readonly #options: WaitingRunnerOptions;
  readonly #child: Child;
  #exit: Exit | undefined;

  /**
   * Starts a runner, as leader of a session of its own.
   *
   * @param options what is started
   * @param runtime the host
   * @throws {SpawnError} when it cannot be started
   */
  constructor(options: WaitingRunnerOptions, runtime: Runtime) {
    this.#runtime = runtime;
    this.#options = options;
    this.output = options.output;
    this.#child = runtime.spawn(spawnCommandOf(options, runtime));
    this.#child.exited.then((exit) => this.#exit = exit);
  }

  /** Process id. */
  get pid(): number {
    return this.#child.pid;
  }

  /** Whether it has not ended, as far as is known. */
  get isAlive(): boolean {
    return this.#exit === undefined;
  }

  /** Whether it has said that it waits for its job, by now. */
  get isReady(): boolean {
    return this.#runtime.files.readText(this.#options.readyPath, READY.length) === READY;
  }

  /**
   * Waits until it is ready.
   *
   * @param limitMs how long
   * @param signal ends the waiting; the runner goes on
   * @throws {RunnerError} when it ended, or the time is over
   * @throws the signal's reason when aborted
   */
  async ready(limitMs: number, signal?: AbortSignal): Promise<void> {
    const endMs = performance.now() + limitMs;
    while (!this.isReady) {
      signal?.throwIfAborted();
      if (this.#exit !== undefined) {
        throw new RunnerError(`${this.#name} ended before it was ready: ${this.#end()}`);
      }
      if (performance.now() > endMs) {
        throw new RunnerError(`${this.#name} was not ready after ${limitMs} ms${this.#told()}`);
      }
      await new Promise((resolve) => setTimeout(resolve, LOOK_PAUSE_MS));
    }
    // It may have written and ended at once.
    if (this.#exit !== undefined) {
      throw new RunnerError(`${this.#name} ended before its job came: ${this.#end()}`);
    }
  }

  /**
   * Gives it its job and closes its standard input. From now on it is the test, and whoever has the child drives it.
   *
   * @param job what is to run
   * @returns the child; a runner that dies meanwhile shows in its exit
   */
  async give(job: Job): Promise<Child> {
    const writer = this.#child.stdin!.getWriter();
    try {
      await writer.write(encodeJob(job));
      await writer.close();
    } catch {
      // It has closed its end or died: what the test does without (all of) its job shows in its exit.
      await writer.abort().catch(() => {});
    }
    return { ...this.#child, stdin: undefined };
  }

  /**
   * Ends it without a job: by the empty job first, and by KILL to its group when it has not ended after `graceMs`.
   *
   * @returns when it has ended
   */
  async end(graceMs: number): Promise<void> {
    const writer = this.#child.stdin!.getWriter();
    writer.write(encodeJob(undefined)).then(() => writer.close()).catch(() => {});
    let timer: ReturnType<typeof setTimeout> | undefined;
    const isLate = new Promise<void>((resolve) => timer = setTimeout(resolve, graceMs));
    await Promise.race([this.#child.exited, isLate]);
    clearTimeout(timer);
    // The group outlives its leader where a preload has started something.
    this.#runtime.kill(-this.pid, "SIGKILL");
    await this.#child.exited;
  }

  get #name(): string {
    return `The ${this.#options.start.runner} runner "${this.#options.start.command.join(" ")}"`;
  }

  #end(): string {
    const exit = this.#exit!;
    return (exit.kind === "exited" ? `exit code ${exit.code}` : exit.signal) + this.#told();
  }

  /** The end of what it printed, where that is a file. */
  #told(): string {
    const { output } = this;
    if (output.kind !== "log") return "";
    const bytes = this.#runtime.files.readTail(output.path, TOLD_BYTES);
    const text = new TextDecoder().decode(bytes).trim();
    return text === "" ? "" : `\n${text}`;
  }
}

function spawnCommandOf({ start, output, readyPath }: WaitingRunnerOptions, runtime: Runtime): SpawnCommand {
  const env = {
    ...start.env,
    [RUNNER_VARIABLES.ready]: readyPath,
    [RUNNER_VARIABLES.preload]: JSON.stringify(start.preloads),
  };
  const [program, ...args] = start.command;
  const command = { program, args, cwd: start.cwd, env, newSession: true, stdin: "piped" } as const;
  const target = output.kind === "piped" ? "piped" : "inherit";
  if (output.kind === "log") {
    runtime.files.openAppend(output.path).close();
    return {
      ...throughShell(runtime, command, 'log=$1; shift; exec "$@" >>"$log" 2>&1', output.path),
      stdout: "null",
      stderr: "null",
    };
  }
  if (!output.mergeStderr) return { ...command, stdout: target, stderr: target };
  return { ...throughShell(runtime, command, 'exec "$@" 2>&1'), stdout: target, stderr: "null" };
}

/** A shell that becomes the program, whose pid it so has. */
function throughShell<Command extends Omit<SpawnCommand, "stdout" | "stderr">>(
  runtime: Runtime,
  command: Command,
  script: string,
  ...first: string[]
): Command {
  const { program, cwd, env, args } = command;
  const found = findProgram(runtime.files, program, { searchPath: env?.PATH, cwd });
  const path = found.kind === "found" ? found.path : program;
  const file = path.includes("/") ? path : `./${path}`;
  return { ...command, program: "/bin/sh", args: ["-c", script, "sh", ...first, file, ...args] };
}
