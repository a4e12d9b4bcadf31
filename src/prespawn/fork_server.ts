import { messageOf } from "../errors.ts";
import type { Child, Runtime } from "../runtime/port.ts";
import { ForkServerProcess } from "./fork_server_process.ts";
import type { Job } from "./job.ts";
import { RunnerError } from "./waiting_runner.ts";
import type { TakeOptions, WarmSource } from "./warm_source.ts";
import type { WarmStart } from "./warm_start.ts";

/** So many failures in a row are one too many. */
const MAX_FAILURES = 3;
/** Between the end of its input and KILL. */
const END_GRACE_MS = 2000;
/** A server with the slowest of preloads is ready by then. */
const READY_LIMIT_MS = 60_000;

/** What a fork server is made of. */
export interface ForkServerOptions {
  /** How the runner is started that does the same for one job: the command of the server is made of it. */
  readonly start: WarmStart;
  /** Path of the program of the server, `fork_server.py`. */
  readonly serverFile: string;
  /** Absolute path of a private directory for what loading modules prints; whoever gave it removes it. */
  readonly directory: string;
  /** How long a server may take to get ready; 60 s when undefined. */
  readonly readyLimitMs?: number | undefined;
  /**
   * Asked once for what gives processes when this one cannot be forked, for the reason given: such as a pool of its runner.
   * It is stopped with the server. Without it, `take` throws.
   */
  readonly fallback?: ((reason: string) => WarmSource) | undefined;
}

/**
 * Gives processes that are forked from one which has loaded its modules already. It is started with the first job, and again
 * when it dies. Processes whose server dies are killed, as nobody could tell any more how they end.
 */
export class ForkServer implements WarmSource {
  static #count = 0;
  readonly #options: ForkServerOptions;
  readonly #runtime: Runtime;
  readonly #ending = new Set<ForkServerProcess>();
  readonly #filePath: string;
  #process: ForkServerProcess | undefined;
  #processes = 0;
  #failures = 0;
  #broken: RunnerError | undefined;
  #fallback: WarmSource | undefined;
  #isStopped = false;

  /**
   * Starts nothing yet.
   *
   * @param options what it is made of
   * @param runtime the host
   */
  constructor(options: ForkServerOptions, runtime: Runtime) {
    this.#options = options;
    this.#runtime = runtime;
    this.#filePath = `${options.directory}/fork-server-${ForkServer.#count++}`;
  }

  /** Process id of the server; undefined when none runs. */
  get pid(): number | undefined {
    return this.#process?.isAlive ? this.#process.pid : undefined;
  }

  /** Starts the server, so that it is ready when a job comes. */
  start(): void {
    if (this.#isStopped || this.#broken !== undefined || this.#fallback !== undefined) return;
    try {
      this.#alive();
    } catch {
      // Who takes a process will be told.
    }
  }

  /**
   * Has a process forked for a job, once the server is ready.
   *
   * @param job what is to run
   * @param options where the output goes, and what ends the waiting
   * @returns the child; undefined when the server has been stopped, its program does not exist, or the machine has no process left
   * @throws {RunnerError} when the server has failed several times in a row, or cannot be forked
   * @throws the signal's reason when aborted before the job was handed over
   */
  async take(job: Job, options: TakeOptions): Promise<Child | undefined> {
    for (;;) {
      options.signal?.throwIfAborted();
      if (this.#isStopped || !this.#hasPrograms()) return undefined;
      if (this.#fallback !== undefined) return await this.#fallback.take(job, options);
      if (this.#broken !== undefined) throw this.#broken;
      let server: ForkServerProcess | undefined;
      try {
        server = this.#alive();
        if (!await this.#isReady(server, options.signal)) continue;
        const child = await server.fork(job, options.logPath);
        this.#failures = 0;
        return child;
      } catch (error) {
        options.signal?.throwIfAborted();
        // Others may have noticed the same.
        if (server === undefined || this.#process === server) this.#fail(messageOf(error));
      }
    }
  }

  /** Gives no more; the server ends when its processes have. Waits for the end. */
  async retire(): Promise<void> {
    this.#isStopped = true;
    this.#discard(undefined);
    await Promise.all([this.#fallback?.stop(), ...Array.from(this.#ending, (ending) => ending.ended)]);
  }

  /** Ends the server; processes that still run two seconds later are killed. Calls after the first wait as well. */
  async stop(): Promise<void> {
    this.#isStopped = true;
    this.#discard(END_GRACE_MS);
    const ending = Array.from(this.#ending, (server) => server.end(END_GRACE_MS));
    await Promise.all([this.#fallback?.stop(), ...ending]);
  }

  /** As `stop`. */
  [Symbol.asyncDispose](): Promise<void> {
    return this.stop();
  }

  #hasPrograms(): boolean {
    const { start, serverFile } = this.#options;
    return [start.runnerFile, serverFile].every((path) => this.#runtime.files.stat(path) !== undefined);
  }

  /** The server, started when there is none. @throws {SpawnError} */
  #alive(): ForkServerProcess {
    const { start, serverFile } = this.#options;
    return this.#process ??= new ForkServerProcess(
      { start, serverFile, outputPath: `${this.#filePath}-${this.#processes++}.log` },
      this.#runtime,
    );
  }

  /** Waits for a server; false when another is to be asked. @throws {RunnerError} @throws the signal's reason */
  async #isReady(server: ForkServerProcess, signal: AbortSignal | undefined): Promise<boolean> {
    const { fallback, readyLimitMs = READY_LIMIT_MS } = this.#options;
    const started = await within(server.started, readyLimitMs, signal);
    if (started.kind === "ready") return true;
    if (this.#process !== server) return false;
    this.#discard(0);
    const reason = `${this.#options.start.preloads.join(", ")} cannot be forked: ${started.reason}`;
    if (fallback === undefined) this.#broken = new RunnerError(reason);
    else this.#fallback = fallback(reason);
    return false;
  }

  #fail(message: string): void {
    this.#discard(0);
    if (++this.#failures < MAX_FAILURES) return;
    this.#broken = new RunnerError(`The fork server has failed ${MAX_FAILURES} times in a row. ${message}`);
  }

  /** Ends the server; without a number its processes may take as long as they like. */
  #discard(graceMs: number | undefined): void {
    const ending = this.#process;
    this.#process = undefined;
    if (ending === undefined) return;
    this.#ending.add(ending);
    ending.end(graceMs).finally(() => this.#ending.delete(ending));
  }
}

/** @throws {RunnerError} when the time is over @throws the signal's reason */
async function within<T>(promise: Promise<T>, limitMs: number, signal: AbortSignal | undefined): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let onAbort = (): void => {};
  const end = new Promise<never>((_, reject) => {
    timer = setTimeout(
      () => reject(new RunnerError(`The fork server was not ready after ${limitMs} ms`)),
      limitMs,
    );
    onAbort = () => reject(signal!.reason);
    signal?.addEventListener("abort", onAbort, { once: true });
  });
  try {
    return await Promise.race([promise, end]);
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener("abort", onAbort);
  }
}
