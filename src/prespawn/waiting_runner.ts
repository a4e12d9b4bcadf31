import type { Exit } from "../outcome.ts";
import type { Child, Runtime, SpawnCommand } from "../runtime/port.ts";
import { visibleText } from "../visible_text.ts";
import { connectOutput } from "./connect_output.ts";
import { withResolvers } from "../std/with_resolvers.ts";
import { encodeJob, type Job } from "./job.ts";
import { encodePreloads, RUNNER_VARIABLES, type RunnerOutput, type WarmStart } from "./warm_start.ts";

/** How often the side channel is looked at: most runners get ready in the background, where each look is time of others. */
const LOOK_PAUSE_MS = 4;
/** What a runner writes when it waits for its job. */
const READY = "ready\n";
/** How much of what a runner wrote there is looked at: more than it may write. */
const CHANNEL_BYTES = 40;
/** How much of the output of a runner that failed is told. */
const TOLD_BYTES = 2000;
/** A runner that waits has nothing else to do than to read its job. */
const GIVE_LIMIT_MS = 10_000;

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
  readonly #stdin: WritableStreamDefaultWriter<Uint8Array>;
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
    this.#stdin = this.#child.stdin!.getWriter();
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
    return this.#told === READY;
  }

  /**
   * Waits until it is ready.
   *
   * @param limitMs how long
   * @param signal ends the waiting; the runner goes on
   * @throws {RunnerError} when it ended, wrote something else to the side channel, or the time is over
   * @throws the signal's reason when aborted
   */
  async ready(limitMs: number, signal?: AbortSignal): Promise<void> {
    const endMs = performance.now() + limitMs;
    for (;;) {
      signal?.throwIfAborted();
      const told = this.#told;
      if (told === READY) break;
      if (this.#exit !== undefined) {
        throw new RunnerError(`${this.#name} ended before it was ready: ${this.#end()}`);
      }
      if (!READY.startsWith(told)) {
        const text = visibleText(JSON.stringify(told));
        throw new RunnerError(
          `${this.#name} wrote ${text} to the file that ${RUNNER_VARIABLES.ready} names; write "ready" and a line feed`,
        );
      }
      if (performance.now() > endMs) {
        throw new RunnerError(`${this.#name} was not ready after ${limitMs} ms${this.#printed()}`);
      }
      await new Promise((resolve) => setTimeout(resolve, LOOK_PAUSE_MS));
    }
    // It may have written and ended at once.
    if (this.#exit !== undefined) {
      throw new RunnerError(`${this.#name} ended before its job came: ${this.#end()}`);
    }
  }

  /**
   * Gives it its job and closes its standard input. From now on it is the test, and whoever has the child drives it; a
   * runner that dies with its job shows in its exit.
   *
   * @param job what is to run
   * @param signal ends the waiting for a runner that does not read; the caller ends that
   * @returns the child
   * @throws {RunnerError} when it has not read all of the job, and so cannot have begun with it
   * @throws the signal's reason when aborted
   */
  async give(job: Job, signal?: AbortSignal): Promise<Child> {
    signal?.throwIfAborted();
    const { promise: isOver, resolve: giveUp } = withResolvers<"late" | "aborted">();
    const timer = setTimeout(() => giveUp("late"), GIVE_LIMIT_MS);
    const onAbort = (): void => giveUp("aborted");
    signal?.addEventListener("abort", onAbort);
    const isWritten = this.#write(encodeJob(job)).then(() => "written" as const, () => "refused" as const);
    const outcome = await Promise.race([isWritten, isOver]);
    clearTimeout(timer);
    signal?.removeEventListener("abort", onAbort);
    if (outcome === "written") return { ...this.#child, stdin: undefined };
    if (outcome === "aborted") throw signal!.reason;
    throw new RunnerError(
      `${this.#name} has not read all of its job${
        outcome === "late" ? ` in ${GIVE_LIMIT_MS} ms` : ""
      }${this.#printed()}`,
    );
  }

  /**
   * Ends it without a job: by the empty job first, while it is starting by TERM too, and by KILL to its group when it has
   * not ended after `graceMs`.
   *
   * @returns when it has ended
   */
  async end(graceMs: number): Promise<void> {
    if (this.#exit === undefined && !this.isReady) this.#runtime.kill(-this.pid, "SIGTERM");
    // After half a job nothing else can be told.
    if (graceMs > 0) this.#write(encodeJob(undefined)).catch(() => {});
    let timer: ReturnType<typeof setTimeout> | undefined;
    const isLate = new Promise<void>((resolve) => timer = setTimeout(resolve, graceMs));
    await Promise.race([this.#child.exited, isLate]);
    clearTimeout(timer);
    // The group outlives its leader where a preload has started something.
    this.#runtime.kill(-this.pid, "SIGKILL");
    await this.#child.exited;
    await this.#stdin.abort().catch(() => {});
  }

  async #write(bytes: Uint8Array): Promise<void> {
    await this.#stdin.write(bytes);
    await this.#stdin.close();
  }

  get #told(): string {
    return this.#runtime.files.readText(this.#options.readyPath, CHANNEL_BYTES) ?? "";
  }

  get #name(): string {
    return `The ${this.#options.start.runner} runner "${this.#options.start.command.join(" ")}"`;
  }

  #end(): string {
    const exit = this.#exit!;
    return (exit.kind === "exited" ? `exit code ${exit.code}` : exit.signal) + this.#printed();
  }

  /** The end of what it printed, where that is a file. */
  #printed(): string {
    const { output } = this;
    if (output.kind !== "log") return "";
    const bytes = this.#runtime.files.readTail(output.path, TOLD_BYTES);
    const text = new TextDecoder().decode(bytes).trim();
    return text === "" ? "" : `\n${text.split("\n").map(visibleText).join("\n")}`;
  }
}

function spawnCommandOf({ start, output, readyPath }: WaitingRunnerOptions, runtime: Runtime): SpawnCommand {
  const env = {
    ...start.env,
    [RUNNER_VARIABLES.ready]: readyPath,
    [RUNNER_VARIABLES.preload]: encodePreloads(start.preloads),
  };
  const [program, ...args] = start.command;
  const command = { program, args, cwd: start.cwd, env, newSession: true, stdin: "piped" } as const;
  return connectOutput(runtime, command, output);
}
