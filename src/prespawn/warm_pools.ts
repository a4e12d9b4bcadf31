import { messageOf } from "../errors.ts";
import type { Child, Runtime } from "../runtime/port.ts";
import { ExpectedStarts } from "./expected_starts.ts";
import type { Job } from "./job.ts";
import type { Trial } from "./pay_off.ts";
import { Refiller } from "./refiller.ts";
import { RunnerKinds } from "./runner_kinds.ts";
import { RunnerPool } from "./runner_pool.ts";
import { SourceTable, type WarmSourceEntry } from "./source_table.ts";
import { takeInTime } from "./take_in_time.ts";
import type { TakeOptions } from "./warm_source.ts";
import type { StartCounts } from "../suite_events.ts";
import type { SwitchOffReason, WarmPoolsOptions } from "./warm_pools_options.ts";
import type { WarmStart } from "./warm_start.ts";
import { warmStartKey, warmStartKind } from "./warm_start_key.ts";

/** Pools and other sources at the same time, beside those that have a runner. */
const MAX_SOURCES = 16;
/** Where nobody tells how long tests take, nothing is compared. */
const ALWAYS_WARM: Trial = { kind: "warm", done: () => {} };

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
  readonly #kinds = new RunnerKinds();
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
      if (this.#kinds.isOff(start)) continue;
      const key = warmStartKey(start);
      this.#starts.set(key, start);
      this.#expected.add(key);
    }
    this.#refiller.look();
  }

  /** A test that was announced will not start. */
  forget(start: WarmStart): void {
    const key = warmStartKey(start);
    this.#expected.take(key);
    this.#endUnexpected(key);
  }

  /** No test that was announced will start: all runners that wait end at once. What runs goes on. */
  expectNothing(): void {
    this.#expected.drop(() => true);
    for (const key of this.#starts.keys()) this.#endUnexpected(key);
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
    await this.#sources.stop();
  }

  /** As `stop`. */
  [Symbol.asyncDispose](): Promise<void> {
    return this.stop();
  }

  async #takeFrom(start: WarmStart, job: Job, options: TakeOptions): Promise<Child | undefined> {
    if (this.#isStopped || this.#kinds.isOff(start)) return undefined;
    const entry = this.#sourceOf(start);
    const isPrepared = entry.pool === undefined || entry.pool.spare > 0;
    // To wait for the whole of a start is to start cold, with more to do.
    if (!isPrepared && (start.isForOneTest || this.#options.onlyPrepared)) {
      const failure = entry.pool?.failure;
      if (failure !== undefined) this.#noteFailure(start, failure);
      return undefined;
    }
    const payOff = this.#kinds.payOff(start, isPrepared);
    const judge = (): void => {
      // Runners that wait may pay all the same.
      if (isPrepared && payOff.verdict !== undefined) this.#switchOff(start, payOff.verdict, "does-not-pay");
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
        this.#kinds.noteSuccess(start);
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

  #noteFailure(start: WarmStart, reason: string): void {
    const key = warmStartKey(start);
    const entry = this.#sources.get(key);
    if (entry !== undefined && entry.pool === undefined && this.#options.replacesSource !== undefined) {
      this.#sources.end(key, entry);
      return this.#options.replacesSource(start, reason);
    }
    if (this.#kinds.noteFailure(start)) this.#switchOff(start, reason, "failed");
  }

  #switchOff(start: WarmStart, reason: string, why: SwitchOffReason): void {
    if (this.#isStopped || !this.#kinds.switchOff(start)) return;
    const kind = warmStartKind(start);
    this.#sources.endAll(kind);
    this.#expected.drop((key) => warmStartKind(this.#starts.get(key)!) === kind);
    this.#options.onSwitchOff?.(
      `Tests of the ${start.runner} runner start cold from here on: ${reason}`,
      why,
    );
  }

  /** The last test of a kind may have been one that started cold. */
  #endUnexpected(key: string): void {
    const entry = this.#sources.get(key);
    const count = this.#expected.count(key);
    entry?.pool?.trim(count);
    if (count > 0) return;
    this.#starts.delete(key);
    if (entry?.takers === 0) this.#sources.end(key, entry);
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
