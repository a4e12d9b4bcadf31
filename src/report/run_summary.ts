import type {
  AttemptSummary,
  PlannedTest,
  RunPlan,
  StartCounts,
  StatusCounts,
  SuiteEvent,
  TestStatus,
} from "../suite_events.ts";

/** An attempt with what its other events tell of it. */
export interface ReportedAttempt extends AttemptSummary {
  /** The limit that ran out, in milliseconds. */
  readonly limitMs?: number | undefined;
}

/** What became of one planned test. */
export interface TestSummary {
  /** Its name and file. */
  readonly planned: PlannedTest;
  /** In the order in which they ended; none for a test that was not started. */
  readonly attempts: readonly ReportedAttempt[];
  /** `not-run` for a test that is not settled. */
  readonly status: TestStatus;
  /** False for a test that waits, that runs, or that ran when the run was killed. */
  readonly isSettled: boolean;
  /** When the attempt started that has not ended, in milliseconds of the epoch. */
  readonly runningSinceMs?: number | undefined;
  /** What the latest look at it showed that touched nothing, in a sentence. */
  readonly lastLook?: string | undefined;
  /** Of all its attempts, in milliseconds. */
  readonly elapsedMs: number;
  /** Why it was skipped or cut short, as a sentence without its full stop; undefined when nobody said. */
  readonly reason?: string | undefined;
}

/** A run as far as its events tell of it. */
export interface RunSummary {
  /** What was planned; undefined when the journal has lost its beginning. */
  readonly plan?: RunPlan | undefined;
  /** Milliseconds of the epoch, of its first event; 0 without one. */
  readonly startedAtMs: number;
  /** In the order of the plan. */
  readonly tests: readonly TestSummary[];
  /** Of these tests. */
  readonly counts: StatusCounts;
  /** Without the time between a run that was killed and its resumption, in milliseconds. */
  readonly elapsedMs: number;
  /** Why no further test was started. */
  readonly stopping?: Extract<SuiteEvent, { kind: "stopping" }> | undefined;
  /** What was no test's fault and did not end the run, a sentence each. */
  readonly warnings: readonly string[];
  /** What prekill has decided on its own, a sentence each: no reason to worry. */
  readonly notes: readonly string[];
  /** How many attempts found a process that had been started beforehand; undefined when none could have. */
  readonly starts?: StartCounts | undefined;
  /** How often it was resumed. */
  readonly resumed: number;
  /** How long prekill itself did not run, in milliseconds: times are not to be trusted. */
  readonly stalledMs: number;
  /** Of several runs that are told as one: which are not there, as a sentence without its full stop. */
  readonly missing?: string | undefined;
  /** The end of the run; undefined while it goes on, when it was killed, and when a part of it is missing. */
  readonly settled?: { readonly exitCode: number } | undefined;
}
