import type { Spawner } from "../driver/driver_options.ts";
import { messageOf } from "../errors.ts";
import type { WarmStart } from "../prespawn/warm_start.ts";
import type { StartCounts } from "../suite_events.ts";
import { mayStartWarm } from "./may_start_warm.ts";
import type { SuiteTest } from "./suite_options.ts";
import type { WarmStartsOptions } from "./warm_starts_options.ts";
import type { WarmSuite } from "./warm_suite.ts";

/** So many of the tests to come are known to the pools; more are told as these start. */
const MIN_ANNOUNCED = 64;

/** Starts the processes of a run's tests beforehand, where their runners can and it pays. */
export class WarmStarts {
  readonly #options: WarmStartsOptions;
  /** Tests in the order in which they will start; those before `#next` have been announced. */
  #queue: readonly SuiteTest[] = [];
  #next = 0;
  /** Tests of the queue that have not started. */
  readonly #expected = new Set<string>();
  /** What the pools have been told of and have not been asked for. */
  readonly #announced = new Map<string, WarmStart>();
  readonly #abort = new AbortController();
  #loading: Promise<void> = Promise.resolve();
  #suite: WarmSuite | undefined;
  #started = 0;

  /** @param options what tests are started beforehand with */
  constructor(options: WarmStartsOptions) {
    this.#options = options;
  }

  /** How many attempts have started in which way; undefined when none could have been started beforehand. */
  get counts(): StartCounts | undefined {
    if (this.#suite === undefined) return undefined;
    const { warm } = this.#suite.pools.counts;
    return { warm, cold: this.#started - warm };
  }

  /**
   * Begins to start processes for tests. Those that start meanwhile start cold.
   *
   * @param tests in the order in which they will start; those that run alone come after all others
   */
  expect(tests: readonly SuiteTest[]): void {
    const { prespawn, runtime, jobs } = this.#options;
    const fitting = tests.filter((test) => mayStartWarm(test, prespawn));
    // What starts at once has nothing to wait for.
    if (runtime.os === "windows" || fitting.length === 0 || tests.length <= jobs) return;
    const isSerial = (test: SuiteTest): boolean => test.isSerial ?? false;
    this.#queue = [...fitting.filter((test) => !isSerial(test)), ...fitting.filter(isSerial)];
    for (const { testId } of this.#queue) this.#expected.add(testId);
    this.#loading = this.#load().catch((error) => {
      if (!this.#abort.signal.aborted) this.#options.warn(`Tests start cold: ${messageOf(error)}`);
    });
  }

  /** A test will start again, after those that are expected already. */
  expectAgain(test: SuiteTest): void {
    if (this.#suite === undefined || !mayStartWarm(test, this.#options.prespawn)) return;
    this.#announce([test]);
  }

  /** A test that was expected will not start. */
  forget({ testId }: SuiteTest): void {
    this.#expected.delete(testId);
    const start = this.#announced.get(testId);
    this.#announced.delete(testId);
    if (start !== undefined) this.#suite?.pools.forget(start);
  }

  /** No test will start any more: what waits ends at once, and what runs goes on. */
  expectNothing(): void {
    this.#abort.abort();
    this.#queue = [];
    this.#expected.clear();
    this.#announced.clear();
    this.#suite?.pools.expectNothing();
  }

  /**
   * What gives an attempt its process.
   *
   * @param test whose attempt is about to start
   * @param ended resolves with the time of the attempt, as in `TakeOptions`
   * @returns the spawner; undefined when the test starts cold
   */
  spawner(test: SuiteTest, ended: Promise<number | undefined>): Spawner | undefined {
    const { testId } = test;
    const { cwd: ownCwd, prespawn } = this.#options;
    this.#expected.delete(testId);
    this.#started++;
    const pools = this.#suite?.pools;
    const found = mayStartWarm(test, prespawn) ? this.#suite?.warmTest(test) : undefined;
    if (pools === undefined || found === undefined) return undefined;
    const { start, main, args } = found;
    // One that was ended before it asked will never ask.
    ended.then(() => this.forget(test));
    return ({ env, cwd = ownCwd, outputPath }, signal) => {
      this.#announced.delete(testId);
      this.#announceNext();
      return pools.take(start, { v: 1, main, args, env, cwd }, { logPath: outputPath, signal, ended });
    };
  }

  /** Ends all that wait for a test, and waits for it. */
  async stop(): Promise<void> {
    this.expectNothing();
    await this.#loading;
    await this.#suite?.stop();
  }

  async #load(): Promise<void> {
    const { signal } = this.#abort;
    const { loadWarmSuite } = await import("./warm_suite.ts");
    const suite = await loadWarmSuite({ ...this.#options, tests: this.#queue, signal });
    if (signal.aborted) return await suite?.stop();
    this.#suite = suite;
    this.#announceNext();
  }

  /** Keeps as many announced as the pools look ahead, but for a few. */
  #announceNext(): void {
    const wanted = Math.max(MIN_ANNOUNCED, 2 * (this.#options.prespawn?.size ?? 0));
    if (this.#announced.size > wanted / 2) return;
    const tests: SuiteTest[] = [];
    while (this.#next < this.#queue.length && this.#announced.size + tests.length < wanted) {
      const test = this.#queue[this.#next++]!;
      if (this.#expected.has(test.testId)) tests.push(test);
    }
    this.#announce(tests);
  }

  #announce(tests: readonly SuiteTest[]): void {
    const starts: WarmStart[] = [];
    for (const test of tests) {
      const start = this.#suite!.warmTest(test)?.start;
      if (start === undefined) continue;
      starts.push(start);
      this.#announced.set(test.testId, start);
    }
    if (starts.length > 0) this.#suite!.pools.expect(starts);
  }
}
