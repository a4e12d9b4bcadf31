import { messageOf } from "../errors.ts";
import type { Child, Runtime } from "../runtime/port.ts";
import { type PromiseWithResolvers, withResolvers } from "../std/with_resolvers.ts";
import type { Job } from "./job.ts";
import { type HandOutOptions, PooledRunner, type PoolOutput } from "./pooled_runner.ts";
import type { WarmSource } from "./warm_source.ts";
import { RunnerError } from "./waiting_runner.ts";
import type { WarmStart } from "./warm_start.ts";

/** So many failures in a row are one too many; one is, when the next would be of the same test. */
const MAX_FAILURES = 3;
/** Between the empty job and KILL. */
const END_GRACE_MS = 2000;
/** A runner with the slowest of preloads is ready by then. */
const READY_LIMIT_MS = 60_000;
/** Runners that nobody has asked for so long are ended. */
const IDLE_LIMIT_MS = 300_000;

/** What a pool is made of. */
export interface RunnerPoolOptions {
  /** How its runners are started. */
  readonly start: WarmStart;
  /** Where their output goes. */
  readonly output: PoolOutput;
  /** Absolute path of a private directory, for the files of runners that wait; whoever gave it removes it. */
  readonly directory: string;
  /** How many may be starting for those who wait. */
  readonly maxStarting: number;
  /** How long a runner may take to get ready; 60 s when undefined. */
  readonly readyLimitMs?: number | undefined;
  /** How long runners wait for somebody to ask; 5 min when undefined. */
  readonly idleLimitMs?: number | undefined;
  /** Called when a runner is ready, has failed or has been taken. */
  readonly onChange?: (() => void) | undefined;
}

/** Runners of one kind: those that wait for a job, and those that are starting. Each is used once. */
export class RunnerPool implements WarmSource {
  static #count = 0;
  readonly #options: RunnerPoolOptions;
  readonly #runtime: Runtime;
  readonly #filePath: string;
  readonly #starting = new Set<PooledRunner>();
  readonly #ending = new Set<Promise<void>>();
  readonly #waiters: PromiseWithResolvers<PooledRunner | undefined>[] = [];
  #ready: PooledRunner[] = [];
  #started = 0;
  #failures = 0;
  #broken: RunnerError | undefined;
  #idleTimer: ReturnType<typeof setTimeout> | undefined;
  #isStopped = false;

  /**
   * Starts nothing yet.
   *
   * @param options what the pool is made of
   * @param runtime the host
   */
  constructor(options: RunnerPoolOptions, runtime: Runtime) {
    this.#options = options;
    this.#runtime = runtime;
    this.#filePath = `${options.directory}/runner-${RunnerPool.#count++}`;
  }

  /** Runners that are ready or get ready, and that nobody waits for. */
  get spare(): number {
    return this.#ready.length + Math.max(0, this.#starting.size - this.#waiters.length);
  }

  /** Runners that get ready. */
  get starting(): number {
    return this.#starting.size;
  }

  /** How many wait for a runner. */
  get waiters(): number {
    return this.#waiters.length;
  }

  /** Why it starts no more runners: they have failed several times in a row; undefined while it does. */
  get failure(): string | undefined {
    return this.#broken?.message;
  }

  /** Whether it may start another: it has neither stopped nor failed, and the runner is there. */
  get isUsable(): boolean {
    return !this.#isStopped && this.#broken === undefined && this.hasRunner;
  }

  /** Whether the program of the runner exists. */
  get hasRunner(): boolean {
    const { runnerFile, cwd } = this.#options.start;
    const path = runnerFile.startsWith("/") ? runnerFile : `${cwd}/${runnerFile}`;
    return this.#runtime.files.stat(path) !== undefined;
  }

  /** Starts one more in the background, unless it is not usable. */
  add(): void {
    if (this.isUsable) this.#begin();
  }

  /**
   * Hands out a runner: the one that has waited longest, else the next that gets ready. One that has died, or whose files
   * have changed, is never handed out; one that does not read its job is replaced.
   *
   * @param job what is to run
   * @param options where the log is to be
   * @returns the child; undefined when the pool has been stopped, or the program of the runner does not exist
   * @throws {RunnerError} when runners have failed several times in a row, with what the last one said; the same each time after that
   * @throws {HostError} when the log cannot be moved to its place
   * @throws the signal's reason when aborted
   */
  async take(job: Job, options: HandOutOptions): Promise<Child | undefined> {
    for (;;) {
      const runner = await this.#next(options.signal);
      if (runner === undefined) return undefined;
      try {
        const child = await runner.handOut(job, options);
        this.#failures = 0;
        return child;
      } catch (error) {
        if (!(error instanceof RunnerError)) throw error;
        this.#fail(error);
      }
    }
  }

  /** Ends the oldest of those that wait, until there are no more than so many. */
  trim(count: number): void {
    while (this.spare > count && this.#ready.length > 0) this.#discard(this.#ready.shift()!);
  }

  /** Ends all runners that have no job; who waits for one gets none. Calls after the first wait as well. */
  async stop(): Promise<void> {
    this.#isStopped = true;
    clearTimeout(this.#idleTimer);
    for (const waiter of this.#waiters.splice(0)) waiter.resolve(undefined);
    for (const runner of [...this.#ready.splice(0), ...this.#starting]) this.#discard(runner);
    this.#starting.clear();
    await Promise.all(this.#ending);
  }

  /** As `stop`. */
  [Symbol.asyncDispose](): Promise<void> {
    return this.stop();
  }

  async #next(signal: AbortSignal | undefined): Promise<PooledRunner | undefined> {
    signal?.throwIfAborted();
    if (this.#isStopped) return undefined;
    this.#keepAwake();
    for (let runner = this.#ready.shift(); runner !== undefined; runner = this.#ready.shift()) {
      if (runner.isAlive && !runner.isStale) {
        this.#options.onChange?.();
        return runner;
      }
      // Those that die while they wait would otherwise be started for ever.
      if (!runner.isAlive) {
        this.#noteFailure(new RunnerError(`${this.#name} died while it waited for its job`));
      }
      this.#discard(runner);
    }
    if (this.#broken !== undefined) throw this.#broken;
    if (!this.hasRunner) return undefined;
    const waiter = withResolvers<PooledRunner | undefined>();
    this.#waiters.push(waiter);
    const onAbort = (): void => {
      const place = this.#waiters.indexOf(waiter);
      if (place >= 0) this.#waiters.splice(place, 1);
      waiter.reject(signal!.reason);
    };
    signal?.addEventListener("abort", onAbort, { once: true });
    this.#serve();
    try {
      return await waiter.promise;
    } finally {
      signal?.removeEventListener("abort", onAbort);
    }
  }

  /** Has as many runners started as are waited for. */
  #serve(): void {
    const wanted = (): number => Math.min(this.#waiters.length, this.#options.maxStarting);
    while (!this.#isStopped && this.#broken === undefined && this.#starting.size < wanted()) {
      this.#begin();
    }
  }

  #begin(): void {
    const { start, output, readyLimitMs = READY_LIMIT_MS } = this.#options;
    let runner: PooledRunner;
    try {
      const filePath = `${this.#filePath}-${this.#started++}`;
      runner = new PooledRunner({ start, output, filePath }, this.#runtime);
    } catch (error) {
      return this.#fail(new RunnerError(messageOf(error)));
    }
    this.#starting.add(runner);
    runner.ready(readyLimitMs).then(() => this.#arrive(runner), (error: RunnerError) => {
      this.#starting.delete(runner);
      this.#discard(runner, 0);
      if (!this.#isStopped) this.#fail(error);
    });
  }

  #arrive(runner: PooledRunner): void {
    if (this.#isStopped) return;
    this.#starting.delete(runner);
    const waiter = this.#waiters.shift();
    if (waiter !== undefined) {
      waiter.resolve(runner);
      this.#serve();
    } else {
      this.#ready.push(runner);
      this.#keepAwake();
    }
    this.#options.onChange?.();
  }

  #fail(error: RunnerError): void {
    this.#noteFailure(error);
    this.#serve();
    this.#options.onChange?.();
  }

  #noteFailure(error: RunnerError): void {
    const isOfTest = this.#options.start.isForOneTest ?? false;
    if (++this.#failures < (isOfTest ? 1 : MAX_FAILURES) || this.#broken !== undefined) return;
    const count = isOfTest ? "" : `Runners have failed ${MAX_FAILURES} times in a row. `;
    this.#broken = new RunnerError(`${count}${error.message}`);
    for (const waiter of this.#waiters.splice(0)) waiter.reject(this.#broken);
    this.trim(0);
  }

  #discard(runner: PooledRunner, graceMs = END_GRACE_MS): void {
    const ended: Promise<void> = runner.end(graceMs).finally(() => this.#ending.delete(ended));
    this.#ending.add(ended);
  }

  /** Puts the end of those that nobody asks for off. */
  #keepAwake(): void {
    clearTimeout(this.#idleTimer);
    this.#idleTimer = setTimeout(() => this.trim(0), this.#options.idleLimitMs ?? IDLE_LIMIT_MS);
  }

  get #name(): string {
    return `The ${this.#options.start.runner} runner "${this.#options.start.command.join(" ")}"`;
  }
}
