import { withResolvers } from "../std/with_resolvers.ts";
import { Guard } from "../driver/guard.ts";
import { REAL_TIMERS } from "../driver/active_clock.ts";
import type { Runtime } from "../runtime/port.ts";
import type { SuiteEventBody } from "../suite_events.ts";
import { AttemptFiles } from "./attempt_files.ts";
import { AttemptRunner, type EndedAttempt } from "./attempt_runner.ts";
import { attemptStatus } from "./attempt_status.ts";
import { exitCodeOfRun } from "./exit_code_of_run.ts";
import { MemoryWatch } from "./memory_watch.ts";
import { planEvents } from "./plan_events.ts";
import { roundedMs } from "./rounded_ms.ts";
import { Scheduler } from "./scheduler.ts";
import type { SchedulerAction, StopReason } from "./scheduler_actions.ts";
import { StallWatch } from "./stall_watch.ts";
import { noCounts } from "../status_counts.ts";
import type { SuiteJournal } from "./suite_journal.ts";
import type { SuiteOptions, SuiteTest } from "./suite_options.ts";
import { TestTimes } from "./test_times.ts";

/** Carries out what the scheduler decides, and tells it what happens. */
export class SuiteRunner {
  readonly #options: SuiteOptions;
  readonly #runtime: Runtime;
  readonly #journal: SuiteJournal;
  readonly #files: AttemptFiles;
  readonly #attempts: AttemptRunner;
  readonly #scheduler: Scheduler;
  readonly #memory: MemoryWatch;
  readonly #stalls = new StallWatch(
    REAL_TIMERS,
    (stalledMs) => this.#emit({ kind: "driver-stalled", stalledMs }),
  );
  readonly #cookie = crypto.randomUUID();
  readonly #startMs = performance.now();
  readonly #times: TestTimes;
  readonly #counts = noCounts();
  readonly #done = withResolvers<void>();
  #pausedMs: number | undefined;
  #stopSignal: string | undefined;
  #release: () => Promise<void> = () => Promise.resolve();

  /**
   * @param tests what is to run, without what an earlier run has settled
   * @param options how; the session directory is an absolute path that exists
   * @param journal where it is told
   * @param runtime the host
   * @throws {HostError} when the folder of the logs cannot be created
   */
  constructor(tests: readonly SuiteTest[], options: SuiteOptions, journal: SuiteJournal, runtime: Runtime) {
    this.#options = options;
    this.#runtime = runtime;
    this.#journal = journal;
    this.#times = new TestTimes(options.resume?.attempts);
    const jobs = options.jobs ?? runtime.cpuCount;
    for (const event of planEvents(tests, { ...options, jobs }, runtime)) this.#emit(event);
    for (const { status } of options.resume?.settled ?? []) this.#counts[status]++;
    this.#files = new AttemptFiles(
      runtime.files,
      options.sessionDir,
      (message) => this.#emit({ kind: "warning", message }),
    );
    this.#memory = new MemoryWatch(runtime.files);
    this.#attempts = new AttemptRunner({
      runtime,
      options,
      files: this.#files,
      journal,
      cookie: this.#cookie,
      onQuiet: (test) => this.#onQuiet(test),
      onHang: (test) => this.#carryOut(this.#scheduler.hung(test)),
    });
    this.#attempts.warmStarts.expect(tests);
    this.#scheduler = new Scheduler(tests, { ...options, jobs, earlierAttempts: options.resume?.attempts });
  }

  /** Resolves when all is settled and nothing is left. */
  get done(): Promise<void> {
    return this.#done.promise;
  }

  /** Starts the first tests. */
  begin(): void {
    const { maxTimeMs = 0, softSignal = "SIGTERM", signal } = this.#options;
    // Who gives it up before it has begun gets no test started.
    if (signal?.aborted) this.#scheduler.pause();
    this.#carryOut(this.#scheduler.begin());
    this.#stalls.start();
    this.#release = Guard.protect(this.#runtime, {
      target: "any",
      cookie: this.#cookie,
      signal: softSignal,
      tempDir: this.#files.tempRoot,
    });
    if (maxTimeMs > 0) {
      const stop: StopReason = { reason: "max-time", detail: "the time for the whole run is over" };
      this.#attempts.after(maxTimeMs, () => this.stop(stop));
    }
  }

  /** Ends the run in order; again: at once. */
  stop(stop: StopReason): void {
    this.#stopSignal ??= stop.signal;
    // Who is to end must be able to.
    this.continue();
    this.#carryOut(this.#scheduler.stop(stop));
  }

  /** Stops tests and clocks. */
  pause(): void {
    if (this.#pausedMs !== undefined) return;
    this.#pausedMs = performance.now();
    this.#scheduler.pause();
    this.#attempts.pause();
    this.#stalls.stop();
    this.#emit({ kind: "paused" });
    // The caller may be about to stop this process.
    this.#journal.flush();
  }

  /** Lets them go on. */
  continue(): void {
    if (this.#pausedMs === undefined) return;
    this.#emit({ kind: "continued", pausedMs: Math.round(performance.now() - this.#pausedMs) });
    this.#pausedMs = undefined;
    this.#attempts.continue();
    this.#stalls.start();
    this.#carryOut(this.#scheduler.continue());
  }

  /** Takes a light sample of each test that runs. */
  look(): void {
    this.#attempts.look();
  }

  #carryOut(actions: readonly SchedulerAction[]): void {
    for (const action of actions) this.#perform(action);
  }

  #perform(action: SchedulerAction): void {
    switch (action.kind) {
      case "start":
        return this.#start(action.test, action.attempt);
      case "plan-retry": {
        const { test, attempt, afterMs, atEnd } = action;
        this.#emit({ kind: "retry-planned", testId: test.testId, attempt, afterMs, atEnd });
        this.#attempts.warmStarts.expectAgain(test);
        if (!atEnd) this.#attempts.after(afterMs, () => this.#carryOut(this.#scheduler.isDue(test)));
        return;
      }
      case "wait":
        this.#attempts.warmStarts.expectAgain(action.test);
        this.#attempts.after(action.afterMs, () => this.#carryOut(this.#scheduler.isDue(action.test)));
        return;
      case "settle": {
        const { test: { testId, name, file, skip: reason }, status, attempts } = action;
        this.#counts[status]++;
        this.#attempts.warmStarts.forget(action.test);
        const elapsedMs = this.#times.take(testId);
        const told = { testId, name, file, attempts, elapsedMs, reason };
        return this.#emit({ kind: "test-settled", status, ...told });
      }
      case "stopping":
        this.#attempts.warmStarts.expectNothing();
        return this.#emit({ kind: "stopping", ...action.stop });
      case "end":
        for (const test of action.tests) this.#attempts.end(test, action.signal);
        return;
      case "done":
        this.#finish().then(this.#done.resolve, this.#done.reject);
    }
  }

  #start(test: SuiteTest, attempt: number): void {
    const { testId, name, file } = test;
    if (this.#times.begin(testId)) {
      this.#emit({ kind: "test-started", testId, name, file });
    }
    this.#attempts.run(test, attempt).then((ended) => this.#ended(test, attempt, ended));
  }

  #onQuiet(test: SuiteTest): void {
    this.#carryOut(this.#scheduler.freed(test));
    // Nothing else is going on: those that have ended need not wait for others. This one is about to.
    if (this.#scheduler.runningCount === 0) queueMicrotask(() => this.#attempts.sweep());
  }

  #ended(test: SuiteTest, attempt: number, { result, place, noRoom }: EndedAttempt): void {
    const { outcome, leaks, hook, output } = result;
    const { testId } = test;
    if (outcome.kind === "not-started" && outcome.reason === "exhausted") {
      const actions = this.#scheduler.refused(test);
      if (actions !== undefined) {
        this.#files.clear(place, { keepLog: false, outputBytes: 0, isInUse: false });
        // The same sentence each time: reports tell it once.
        const message = `${outcome.message}; prekill goes on with fewer tests at the same time`;
        this.#emit({ kind: "warning", message });
        return this.#carryOut(actions);
      }
    }
    const { leaks: leakPolicy = "kill", keepLogs = false } = this.#options;
    const ranOutOfMemory = this.#memory.explains(outcome);
    const verdict = attemptStatus(outcome, test, { leaks, leakPolicy, ranOutOfMemory, noRoom });
    const hasPassed = verdict.status === "passed";
    const keepLog = output.bytes > 0 && (!hasPassed || keepLogs);
    this.#files.clear(place, { keepLog, outputBytes: output.bytes, isInUse: leaks.length > 0 });
    const elapsedMs = roundedMs(result.elapsedMs);
    this.#times.add(testId, elapsedMs);
    this.#emit({
      kind: "attempt-settled",
      testId,
      attempt,
      status: verdict.status,
      outcome,
      elapsedMs,
      outputBytes: output.bytes,
      logPath: keepLog ? place.logPath : undefined,
      tail: hasPassed ? undefined : output.tail,
      reason: verdict.reason,
      leaks: leaks.length > 0 ? leaks : undefined,
      hook,
    });
    this.#carryOut(this.#scheduler.ended(test, verdict));
  }

  async #finish(): Promise<void> {
    this.#stalls.stop();
    await this.#attempts.close();
    await this.#release();
    this.#journal.flush();
    this.#journal.check();
    const exitCode = exitCodeOfRun(this.#counts, {
      signal: this.#stopSignal,
      isIncomplete: this.#journal.hasFailed,
    });
    this.#emit({
      kind: "run-settled",
      counts: this.#counts,
      elapsedMs: roundedMs(performance.now() - this.#startMs),
      starts: this.#attempts.warmStarts.counts,
      exitCode,
    });
    this.#journal.flush();
    this.#journal.close();
  }

  #emit(event: SuiteEventBody): void {
    this.#journal.emit(event);
  }
}
