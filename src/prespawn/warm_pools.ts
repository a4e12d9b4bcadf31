import { messageOf } from "../errors.ts";
import type { Child, Runtime } from "../runtime/port.ts";
import { ExpectedStarts } from "./expected_starts.ts";
import type { Job } from "./job.ts";
import { PayOff, type Trial } from "./pay_off.ts";
import { Refiller } from "./refiller.ts";
import { RunnerPool } from "./runner_pool.ts";
import { SourceTable, type WarmSourceEntry } from "./source_table.ts";
import { takeInTime } from "./take_in_time.ts";
import type { TakeOptions, WarmSource } from "./warm_source.ts";
import type { WarmStart } from "./warm_start.ts";
import { warmStartKey, warmStartKind } from "./warm_start_key.ts";

/** Pools and other sources at the same time, beside those that have a runner. */
const MAX_SOURCES = 16;
/** Of runners that know their test, so many may fail in a row. */
const MAX_FAILED_TESTS = 5;
/** Where nobody tells how long tests take, nothing is compared. */
const ALWAYS_WARM: Trial = { kind: "warm", done: () => {} };

/** What the warm starts of a run are made with. */
export interface WarmPoolsOptions {
  /**
   * Absolute path of a private directory on the file system of the logs, for what runners write while they wait; whoever gave
   * it removes it.
   */
  readonly directory: string;
  /** Runners that may wait, all pools together. */
  readonly size: number;
  /** Tests that run now, warm or cold, and those that wait for `take`. */
  runningCount(): number;
  /** Is told, once for each kind of runner, that tests start cold from here on, and why. */
  onSwitchOff?: ((message: string) => void) | undefined;
  /** Gives a source that takes the place of a pool, such as a fork server; undefined for a pool. */
  createSource?: ((start: WarmStart) => WarmSource | undefined) | undefined;
  /** How long a runner may take to get ready; 60 s when undefined. */
  readonly readyLimitMs?: number | undefined;
}

/** How many tests have started in which way. */
export interface StartCounts {
  readonly warm: number;
  readonly cold: number;
}

/**
 * All warm starts of a run: a pool for each way to start a runner, of which the one that was used least recently ends when
 * there are too many. Runners are started for the tests that come next, where a processor is free; kinds of runners that do
 * not pay, or fail, are not used any more.
 */
export class WarmPools implements AsyncDisposable {
  readonly #options: WarmPoolsOptions;
  readonly #runtime: Runtime;
  readonly #expected = new ExpectedStarts();
  readonly #starts = new Map<string, WarmStart>();
  readonly #sources: SourceTable;
  readonly #payOffs = new Map<string, PayOff>();
  /** In a row, by kind. */
  readonly #failures = new Map<string, number>();
  readonly #isOff = new Set<string>();
  readonly #refiller: Refiller;
  #takers = 0;
  #warm = 0;
  #cold = 0;
  #isStopped = false;

  /**
   * Starts nothing yet.
   *
   * @param options what warm starts are made with
   * @param runtime the host
   */
  constructor(options: WarmPoolsOptions, runtime: Runtime) {
    this.#options = options;
    this.#runtime = runtime;
    this.#sources = new SourceTable(MAX_SOURCES + options.size);
    this.#refiller = new Refiller({
      // What a test waits for is counted among what starts.
      runningCount: () => Math.max(0, options.runningCount() - this.#takers),
      startingCount: () => this.#sources.sum(({ starting }) => starting),
      isWanted: () => this.#missing() !== undefined,
      startNext: () => this.#sourceOf(this.#starts.get(this.#missing()!)!).pool?.add(),
    }, runtime);
  }

  /** How tests have been started so far. */
  get counts(): StartCounts {
    return { warm: this.#warm, cold: this.#cold };
  }

  /**
   * Announces tests, in the order in which they will start. Runners are started beforehand for tests that are expected
   * only: what nobody uses would have cost the others.
   *
   * @param starts one for each test
   */
  expect(starts: Iterable<WarmStart>): void {
    for (const start of starts) {
      if (this.#isOff.has(warmStartKind(start))) continue;
      const key = warmStartKey(start);
      this.#starts.set(key, start);
      this.#expected.add(key);
    }
    this.#refiller.look();
  }

  /**
   * Gives a job to one that is warm, as `WarmSource.take`; never fails for a reason of the runner's.
   *
   * @param start how its runner is started
   * @param job what is to run
   * @param options where the output goes, and what ends the waiting
   * @returns the child; undefined when the caller is to start it cold
   * @throws the signal's reason when aborted
   */
  async take(start: WarmStart, job: Job, options: TakeOptions): Promise<Child | undefined> {
    options.signal?.throwIfAborted();
    const key = warmStartKey(start);
    this.#expected.take(key);
    const child = await this.#takeFrom(start, job, options);
    if (child === undefined) this.#cold++;
    else this.#warm++;
    this.#endUnexpected(key);
    this.#refiller.look();
    return child;
  }

  /** Ends all that wait, and waits for it; calls after the first wait as well. Tests that run go on. */
  async stop(): Promise<void> {
    this.#isStopped = true;
    this.#refiller.stop();
    this.#sources.endAll();
    await this.#sources.ended();
  }

  /** As `stop`. */
  [Symbol.asyncDispose](): Promise<void> {
    return this.stop();
  }

  async #takeFrom(start: WarmStart, job: Job, options: TakeOptions): Promise<Child | undefined> {
    const kind = warmStartKind(start);
    if (this.#isStopped || this.#isOff.has(kind)) return undefined;
    const entry = this.#sourceOf(start);
    const isPrepared = entry.pool === undefined || entry.pool.spare > 0;
    // To wait for the whole of a start is to start cold.
    if (!isPrepared && start.isForOneTest) return undefined;
    const payOff = this.#payOffOf(kind, isPrepared);
    const judge = (): void => {
      // Runners that wait may pay all the same.
      if (isPrepared && payOff.verdict !== undefined) this.#switchOff(start, payOff.verdict);
      this.#refiller.look();
    };
    const { ended = Promise.resolve(undefined), signal } = options;
    const trial = options.ended === undefined && payOff.verdict === undefined ? ALWAYS_WARM : payOff.next();
    let waitedMs = 0;
    ended.then((ms) => trial.done(ms === undefined ? undefined : waitedMs + ms)).then(judge, () => {});
    if (trial.kind === "cold") return undefined;
    const startMs = performance.now();
    entry.takers++;
    this.#takers++;
    try {
      const taken = await takeInTime(entry.source, job, options, () => payOff.patienceMs);
      waitedMs = performance.now() - startMs;
      if (taken.kind === "taken" && taken.child !== undefined) {
        payOff.noteReady();
        this.#failures.delete(kind);
        return taken.child;
      }
      trial.done(undefined);
      if (taken.kind === "taken") return undefined;
      ended.then((ms) => ms !== undefined && payOff.noteCold(ms), () => {});
      payOff.noteOverdue();
      judge();
    } catch (error) {
      trial.done(undefined);
      if (signal?.aborted) throw error;
      this.#noteFailure(start, messageOf(error));
    } finally {
      entry.takers--;
      this.#takers--;
    }
    return undefined;
  }

  /** A runner that knows its test may have failed because of that; when several do in a row, that is not why. */
  #noteFailure(start: WarmStart, reason: string): void {
    const kind = warmStartKind(start);
    const count = (this.#failures.get(kind) ?? 0) + 1;
    this.#failures.set(kind, count);
    if (!start.isForOneTest || count >= MAX_FAILED_TESTS) this.#switchOff(start, reason);
  }

  #switchOff(start: WarmStart, reason: string): void {
    const kind = warmStartKind(start);
    if (this.#isOff.has(kind) || this.#isStopped) return;
    this.#isOff.add(kind);
    this.#sources.endAll(kind);
    this.#expected.drop((key) => warmStartKind(this.#starts.get(key)!) === kind);
    this.#options.onSwitchOff?.(`Tests of the ${start.runner} runner start cold from here on: ${reason}`);
  }

  /** The last test of a kind may have been one that started cold. */
  #endUnexpected(key: string): void {
    const entry = this.#sources.get(key);
    const count = this.#expected.count(key);
    entry?.pool?.trim(count);
    if (count === 0 && entry?.pool !== undefined && entry.takers === 0) this.#sources.end(key, entry);
  }

  /** The key of the next expected test for which a runner is missing. */
  #missing(): string | undefined {
    const { size } = this.#options;
    if (this.#isStopped || this.#sources.sum(({ spare }) => spare) >= size) return undefined;
    return this.#expected.findMissing(size, (key) => {
      const entry = this.#sources.get(key);
      if (entry === undefined) return 0;
      return entry.pool?.isUsable ? entry.pool.spare : undefined;
    });
  }

  /** A test for which a runner waits and one that has to wait for a runner to start are two things. */
  #payOffOf(kind: string, isPrepared: boolean): PayOff {
    const key = `${isPrepared} ${kind}`;
    const payOff = this.#payOffs.get(key) ?? new PayOff();
    this.#payOffs.set(key, payOff);
    return payOff;
  }

  #sourceOf(start: WarmStart): WarmSourceEntry {
    return this.#sources.use(warmStartKey(start), () => this.#createSource(start));
  }

  #createSource(start: WarmStart): WarmSourceEntry {
    const kind = warmStartKind(start);
    const other = this.#options.createSource?.(start);
    if (other !== undefined) return { source: other, pool: undefined, kind, takers: 0 };
    const { directory, size, readyLimitMs } = this.#options;
    const pool = new RunnerPool({
      start,
      output: { kind: "log" },
      directory,
      maxStarting: Math.max(size, this.#runtime.cpuCount),
      readyLimitMs,
      onChange: () => this.#refiller.look(),
    }, this.#runtime);
    return { source: pool, pool, kind, takers: 0 };
  }
}
