import { noCounts } from "../status_counts.ts";
import type { AttemptSummary, PlannedTest, RunPlan, StartCounts, SuiteEvent } from "../suite_events.ts";
import { addStarts } from "./add_starts.ts";
import type { ReportedAttempt, RunSummary, TestSummary } from "./run_summary.ts";

type Writable<T> = { -readonly [Key in keyof T]: T[Key] };
type OpenTest = Writable<Omit<TestSummary, "attempts">> & { attempts: ReportedAttempt[]; limitMs?: number };

/**
 * Makes a summary of the events of a run, whole or cut off; of a run that was resumed, all its parts.
 *
 * @param events in their order
 * @returns what became of the run
 */
export function foldEvents(events: Iterable<SuiteEvent>): RunSummary {
  const fold = new RunFold();
  for (const event of events) fold.add(event);
  return fold.summary();
}

/** Makes a summary of a run while it goes on: events need not be kept. */
export class RunFold {
  readonly #tests = new Map<string, OpenTest>();
  readonly #warnings: string[] = [];
  readonly #notes: string[] = [];
  #starts: StartCounts | undefined;
  #plan: RunPlan | undefined;
  #startedAtMs = 0;
  #partStartMs = 0;
  #lastMs = 0;
  #earlierMs = 0;
  #resumed = 0;
  #stalledMs = 0;
  #stopping: RunSummary["stopping"];
  #settled: { exitCode: number; elapsedMs: number } | undefined;

  /** Takes the next event. */
  add(event: SuiteEvent): void {
    if (this.#lastMs === 0) this.#startedAtMs = this.#partStartMs = event.atMs;
    if (event.kind === "run-resumed") this.#resume(event.atMs);
    this.#lastMs = event.atMs;
    if ("testId" in event) return this.#addOfTest(event);
    switch (event.kind) {
      case "run-started":
        this.#plan = event;
        return;
      case "tests-planned":
        for (const planned of event.tests) this.#open(planned);
        return;
      case "stopping":
        this.#stopping ??= event;
        return;
      case "warning":
        this.#warnings.push(event.message);
        return;
      case "note":
        this.#notes.push(event.message);
        return;
      case "driver-stalled":
        this.#stalledMs += event.stalledMs;
        return;
      case "run-settled":
        this.#settled = event;
        this.#starts = addStarts(this.#starts, event.starts);
    }
  }

  /** What became of a test so far; undefined when no event has named it. */
  test(testId: string): TestSummary | undefined {
    return this.#tests.get(testId);
  }

  /** What became of the run so far. */
  summary(): RunSummary {
    const tests = [...this.#tests.values()];
    const counts = noCounts();
    for (const { status } of tests) counts[status]++;
    const partMs = this.#settled?.elapsedMs ?? this.#lastMs - this.#partStartMs;
    return {
      plan: this.#plan,
      startedAtMs: this.#startedAtMs,
      tests,
      counts,
      elapsedMs: this.#earlierMs + partMs,
      stopping: this.#stopping,
      warnings: this.#warnings,
      notes: this.#notes,
      starts: this.#starts,
      resumed: this.#resumed,
      stalledMs: this.#stalledMs,
      settled: this.#settled,
    };
  }

  #addOfTest(event: Extract<SuiteEvent, { testId: string }>): void {
    const { testId } = event;
    // The plan of a torn journal may be lost; then the test names itself.
    const test = this.#tests.get(testId) ?? this.#open(plannedBy(event));
    switch (event.kind) {
      case "attempt-started":
        test.runningSinceMs = event.atMs;
        test.limitMs = undefined;
        return;
      case "light-sample":
        test.lastLook = event.summary;
        return;
      case "limit-reached":
        test.limitMs ??= event.limitMs;
        return;
      case "attempt-settled":
        test.attempts.push(reported(event, test));
        test.elapsedMs += event.elapsedMs;
        test.runningSinceMs = undefined;
        test.limitMs = undefined;
        return;
      case "test-settled":
        test.status = event.status;
        test.isSettled = true;
        test.elapsedMs = event.elapsedMs;
        test.reason = event.reason ?? test.attempts.at(-1)?.reason;
        test.runningSinceMs = undefined;
    }
  }

  #open(planned: PlannedTest): OpenTest {
    // Planned again when the run is resumed: what was tried before still counts.
    const known = this.#tests.get(planned.testId);
    if (known !== undefined) {
      known.planned = planned;
      return known;
    }
    const test: OpenTest = { planned, attempts: [], status: "not-run", isSettled: false, elapsedMs: 0 };
    this.#tests.set(planned.testId, test);
    return test;
  }

  #resume(atMs: number): void {
    this.#earlierMs += this.#settled?.elapsedMs ?? this.#lastMs - this.#partStartMs;
    this.#partStartMs = atMs;
    this.#resumed++;
    this.#stopping = undefined;
    this.#settled = undefined;
    for (const test of this.#tests.values()) {
      test.runningSinceMs = undefined;
      test.limitMs = undefined;
      // It had no turn; now it may get one.
      if (test.status === "not-run") test.isSettled = false;
    }
  }
}

function plannedBy(event: Extract<SuiteEvent, { testId: string }>): PlannedTest {
  const { testId } = event;
  const { name, file } = "name" in event ? event : { name: testId, file: testId };
  return { testId, name, file, runner: "unknown" };
}

function reported(event: AttemptSummary, test: OpenTest): ReportedAttempt {
  // The event itself where it says all: several summaries of a run share it.
  return test.limitMs === undefined ? event : { ...event, limitMs: test.limitMs };
}
