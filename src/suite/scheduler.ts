/**
 * The decisions of a run: what happened goes in, what is to be done comes out. No input and output, no time.
 */
import { isBad } from "../status_counts.ts";
import type { AttemptVerdict } from "./attempt_status.ts";
import { initialState } from "./initial_state.ts";
import { RetryPlan } from "./retry_plan.ts";
import type { SchedulerAction, StopReason } from "./scheduler_actions.ts";
import { statusOfTest } from "./status_of_test.ts";
import type { EarlierAttempts, SuiteOptions, SuiteTest } from "./suite_options.ts";
import type { TestStatus } from "../suite_events.ts";
import { TestQueues } from "./test_queues.ts";
import type { TestState } from "./test_state.ts";

/** So many tests in a row that cannot be started for the same reason end the run: the command is wrong. */
const ERRORS_IN_A_ROW = 5;
/** So often a test is tried that the machine had no room for. */
const MAX_REFUSALS = 6;
const REFUSAL_PAUSE_MS = 100;

/** What decisions depend on. */
export type SchedulerOptions =
  & Pick<SuiteOptions, "groups" | "failFast" | "untilFailure" | "retries" | "retryDelayMs" | "retryAtEnd">
  & {
    /** Tests at the same time. */
    readonly jobs: number;
    /** Attempts that an earlier run has made, by test. */
    readonly earlierAttempts?: ReadonlyMap<string, EarlierAttempts> | undefined;
  };

/** Schedules the tests of one run. */
export class Scheduler {
  readonly #options: SchedulerOptions;
  readonly #states = new Map<string, TestState>();
  readonly #parallel = new TestQueues();
  readonly #serial = new TestQueues();
  readonly #retries: RetryPlan;
  readonly #running = new Set<TestState>();
  readonly #groupSizes = new Map<string, number>();
  #actions: SchedulerAction[] = [];
  #jobs: number;
  #unsettled: number;
  #bad = 0;
  #errors = { reason: "", count: 0 };
  #stop: StopReason | undefined;
  #isPaused = false;
  #isAlone = false;
  #isDone = false;

  /**
   * @param tests in the order in which they are to start
   * @param options how
   */
  constructor(tests: readonly SuiteTest[], options: SchedulerOptions) {
    this.#options = options;
    this.#jobs = Math.max(1, Math.floor(options.jobs));
    this.#retries = new RetryPlan(options);
    this.#unsettled = tests.length;
    tests.forEach((test, order) => {
      const earlier = options.earlierAttempts?.get(test.testId);
      this.#states.set(test.testId, initialState(test, order, earlier));
    });
  }

  /** How many attempts run. */
  get runningCount(): number {
    return this.#running.size;
  }

  /** Starts the run. */
  begin(): SchedulerAction[] {
    const ended: (readonly [TestState, TestStatus])[] = [];
    for (const state of this.#states.values()) {
      const end = this.#earlierEnd(state);
      if (end !== undefined) ended.push([state, end]);
      else if (this.#options.retryAtEnd && state.lastBad !== undefined) {
        this.#retries.plan(state, state.lastBad);
      } else (state.test.isSerial ? this.#serial : this.#parallel).add(state);
    }
    // Once all others wait for their turn: what did not pass may end the run.
    for (const [state, end] of ended) this.#settle(state, end);
    return this.#next();
  }

  /** The process of an attempt has ended with its group; what it came to follows. */
  freed({ testId }: SuiteTest): SchedulerAction[] {
    this.#free(this.#states.get(testId)!);
    return this.#next();
  }

  /**
   * An attempt has come to its end.
   *
   * @param test the test
   * @param verdict what the attempt came to
   */
  ended({ testId }: SuiteTest, { status, reason, isStartFailure }: AttemptVerdict): SchedulerAction[] {
    const state = this.#states.get(testId)!;
    this.#free(state);
    if (isBad(status)) state.lastBad = status;
    const retry = this.#stop === undefined ? this.#retries.plan(state, status) : undefined;
    if (retry !== undefined) {
      this.#actions.push({ kind: "plan-retry", test: state.test, attempt: state.attempts + 1, ...retry });
    } else this.#settle(state, statusOfTest(status, state.lastBad));
    this.#countErrors(isStartFailure ? reason ?? "" : undefined);
    return this.#next();
  }

  /** The machine has no room to start an attempt now. Undefined when that happened too often: it has ended. */
  refused({ testId }: SuiteTest): SchedulerAction[] | undefined {
    const state = this.#states.get(testId)!;
    if (this.#stop !== undefined || ++state.refusals > MAX_REFUSALS) return undefined;
    this.#free(state);
    state.attempts--;
    this.#jobs = Math.max(1, Math.min(this.#jobs - 1, this.#running.size));
    this.#retries.wait(state);
    const afterMs = REFUSAL_PAUSE_MS * 2 ** state.refusals;
    this.#actions.push({ kind: "wait", test: state.test, afterMs, jobs: this.#jobs });
    return this.#next();
  }

  /** The pause of a test that waited for its next attempt is over. */
  isDue({ testId }: SuiteTest): SchedulerAction[] {
    this.#retries.isDue(this.#states.get(testId)!);
    return this.#next();
  }

  /** A limit of a test ran out, and the hang is about to be looked into. */
  hung({ testId, expectTimeout }: SuiteTest): SchedulerAction[] {
    this.#states.get(testId)!.isHung = true;
    if (this.#options.untilFailure && !expectTimeout) this.#stopAtFailure(`the test ${testId} hangs`);
    return this.#next();
  }

  /** Ends the run; again: what still runs is ended at once. */
  stop(stop: StopReason): SchedulerAction[] {
    this.#stopBecause(stop);
    // What took the whole time is to be known: an end without a signal is not looked into.
    this.#end([...this.#running], stop.signal ?? (stop.reason === "max-time" ? "SIGTERM" : undefined));
    return this.#next();
  }

  /** Starts nothing until `continue`. */
  pause(): void {
    this.#isPaused = true;
  }

  /** Goes on. */
  continue(): SchedulerAction[] {
    this.#isPaused = false;
    return this.#next();
  }

  /** What a test comes to that needs no attempt, since an earlier run has made all; it was killed before it said so. */
  #earlierEnd(state: TestState): TestStatus | undefined {
    if (state.test.skip !== undefined) return "skipped";
    const last = this.#options.earlierAttempts?.get(state.test.testId)?.status;
    return last === undefined || this.#retries.isLeft(state, last)
      ? undefined
      : statusOfTest(last, state.lastBad);
  }

  #next(): SchedulerAction[] {
    for (let state = this.#take(); state !== undefined; state = this.#take()) {
      state.attempts++;
      state.isRunning = true;
      state.isHung = false;
      this.#running.add(state);
      this.#countGroup(state, 1);
      this.#actions.push({ kind: "start", test: state.test, attempt: state.attempts });
    }
    if (this.#unsettled === 0 && !this.#isDone) {
      this.#isDone = true;
      this.#actions.push({ kind: "done" });
    }
    return this.#actions.splice(0);
  }

  /** The test whose turn it is: parallel ones first, then those that run alone, then retries at the end, alone too. */
  #take(): TestState | undefined {
    if (this.#stop !== undefined || this.#isPaused || this.#isAlone) return undefined;
    if (this.#running.size >= this.#jobs) return undefined;
    const hasRoom = (group: string): boolean =>
      group === "" ||
      (this.#groupSizes.get(group) ?? 0) < Math.max(1, this.#options.groups?.[group] ?? this.#jobs);
    const parallel = this.#retries.takeDue(false, hasRoom) ?? this.#parallel.take(hasRoom);
    if (parallel !== undefined || this.#running.size > 0) return parallel;
    const serial = this.#retries.takeDue(true, hasRoom) ?? this.#serial.take(hasRoom);
    const isRest = this.#unsettled === this.#retries.atEndCount;
    const alone = serial ?? (isRest ? this.#retries.takeAtEnd() : undefined);
    this.#isAlone = alone !== undefined;
    return alone;
  }

  #free(state: TestState): void {
    if (!state.isRunning) return;
    state.isRunning = false;
    this.#running.delete(state);
    this.#countGroup(state, -1);
    this.#isAlone = false;
  }

  #countGroup({ test: { group } }: TestState, change: 1 | -1): void {
    if (group !== undefined) this.#groupSizes.set(group, (this.#groupSizes.get(group) ?? 0) + change);
  }

  #settle(state: TestState, status: TestStatus): void {
    this.#unsettled--;
    this.#actions.push({ kind: "settle", test: state.test, status, attempts: state.attempts });
    if (!isBad(status)) return;
    this.#bad++;
    const { failFast = 0, untilFailure } = this.#options;
    if (failFast > 0 && this.#bad >= failFast) {
      const detail = failFast === 1
        ? `the test ${state.test.testId} did not pass`
        : `${failFast} tests did not pass`;
      this.#stopBecause({ reason: "fail-fast", detail });
    } else if (untilFailure) this.#stopAtFailure(`the test ${state.test.testId} did not pass`);
  }

  #countErrors(reason: string | undefined): void {
    const count = reason !== undefined && reason === this.#errors.reason ? this.#errors.count + 1 : 1;
    this.#errors = reason === undefined ? { reason: "", count: 0 } : { reason, count };
    if (this.#errors.count < ERRORS_IN_A_ROW) return;
    const detail = `${ERRORS_IN_A_ROW} tests in a row could not be started: ${reason}`;
    this.#stopBecause({ reason: "errors", detail });
  }

  /** Hangs that are being looked into are left to the end of it. */
  #stopAtFailure(detail: string): void {
    if (this.#stop !== undefined) return;
    this.#stopBecause({ reason: "until-failure", detail });
    this.#end([...this.#running].filter(({ isHung }) => !isHung), undefined);
  }

  #stopBecause(stop: StopReason): void {
    if (this.#stop !== undefined) return;
    this.#stop = stop;
    this.#actions.push({ kind: "stopping", stop });
    const waiting = [...this.#retries.takeAll(), ...this.#parallel.takeAll(), ...this.#serial.takeAll()];
    for (const state of waiting) this.#settle(state, state.lastBad ?? "not-run");
  }

  #end(states: readonly TestState[], signal: string | undefined): void {
    if (states.length > 0) this.#actions.push({ kind: "end", tests: states.map(({ test }) => test), signal });
  }
}
