/**
 * What happens in a run of `prekill run`: past facts as plain JSON, one per line of `events.ndjson`, schema
 * `prekill.events/1`. Fields and kinds are only ever added; readers skip kinds that they do not know.
 */
import type { Exit, Leak, Outcome, SampleReason, TimeLimit } from "./outcome.ts";
import type { HookRecord } from "./hook_record.ts";

/** What became of a test or of one attempt at it. */
export type TestStatus =
  | "passed"
  | "failed"
  /** A limit ran out. */
  | "timed-out"
  /** Ended by a signal that prekill did not send. */
  | "crashed"
  /** Passed, but processes of its tree outlived it, where the leak policy is to fail. */
  | "leaked"
  /** Passed on a retry; never the status of an attempt. */
  | "flaky"
  /** Said so itself, by exit code 77 where its runner knows that, or excluded by `prekill.json`. */
  | "skipped"
  /** The run ended before its turn, or in the middle of it. */
  | "not-run"
  /** Could not be started: no fault of the test. */
  | "error";

/** The settled tests of a run by status. Statuses without a test are 0. */
export type StatusCounts = Readonly<Record<TestStatus, number>>;

/** A test as it was planned: one file, or one line of `--list-from`. */
export interface PlannedTest {
  /** Stable across runs of the same project: the path below the run's folder, with a number where it occurs again (`--repeat`). */
  readonly testId: string;
  /** What people see; printable or not. */
  readonly name: string;
  /** Path as it was given or found; absolute, or relative to the run's folder. */
  readonly file: string;
  /** Runner or `command`. */
  readonly runner: string;
  /** Group with a limit of its own. */
  readonly group?: string | undefined;
}

/** What a run is: enough to resume it. */
export interface RunPlan {
  /** Of this event and all that follow. */
  readonly schema: "prekill.events/1";
  /** prekill's version. */
  readonly version: string;
  /** Arguments of `prekill run`, for people and for `--resume`. */
  readonly args: readonly string[];
  /** Absolute path of the folder that the run was started in. */
  readonly cwd: string;
  /** The machine. */
  readonly host: {
    readonly os: string;
    readonly arch: string;
    readonly cpus: number;
    /** Left out when it is not known, and of runs on several machines that are told as one. */
    readonly name?: string | undefined;
  };
  /** Tests at the same time. */
  readonly jobs: number;
  /** How many tests are planned; `tests-planned` events name them all before the first starts. */
  readonly tests: number;
  /** Seed of `--shuffle`. */
  readonly seed?: number | undefined;
  /** Such as `2/5`. */
  readonly shard?: string | undefined;
}

/** How an attempt went. */
export interface AttemptSummary {
  /** The test. */
  readonly testId: string;
  /** From 1. */
  readonly attempt: number;
  /** `not-run`: the run ended in the middle of it. */
  readonly status: Exclude<TestStatus, "flaky">;
  /** How it ended. */
  readonly outcome: Outcome;
  /** Active time in milliseconds. */
  readonly elapsedMs: number;
  /** Bytes of output. */
  readonly outputBytes: number;
  /** Where its output is, relative to the session directory; undefined when nothing was kept. */
  readonly logPath?: string | undefined;
  /** The end of the output; only of attempts that did not pass. */
  readonly tail?: string | undefined;
  /** Why it is not passed, in a sentence, where the outcome does not say it: killed for lack of memory, disk full. */
  readonly reason?: string | undefined;
  /** What outlived it. */
  readonly leaks?: readonly Leak[] | undefined;
  /** The pre-kill hook's run, with the diagnosis. */
  readonly hook?: HookRecord | undefined;
}

/** What happened, without its header. */
export type SuiteEventBody =
  | ({ readonly kind: "run-started" } & RunPlan)
  | { readonly kind: "tests-planned"; readonly tests: readonly PlannedTest[] }
  /** An earlier, unfinished run is carried on: its settled tests count, the others are planned again. */
  | { readonly kind: "run-resumed"; readonly settled: number; readonly left: number }
  | { readonly kind: "test-started"; readonly testId: string; readonly name: string; readonly file: string }
  | {
    readonly kind: "attempt-started";
    readonly testId: string;
    readonly attempt: number;
    readonly pid: number;
    readonly command: readonly string[];
  }
  | { readonly kind: "slow"; readonly testId: string; readonly elapsedMs: number }
  /** A look that touches nothing: at half of the timeout, when it became slow, or when somebody asked. */
  | {
    readonly kind: "light-sample";
    readonly testId: string;
    readonly elapsedMs: number;
    readonly summary: string;
  }
  | {
    readonly kind: "limit-reached";
    readonly testId: string;
    readonly limit: TimeLimit;
    readonly limitMs: number;
  }
  | { readonly kind: "sampling"; readonly testId: string; readonly reason: SampleReason }
  | { readonly kind: "sampled"; readonly testId: string; readonly hook: HookRecord }
  | { readonly kind: "exited"; readonly testId: string; readonly exit: Exit }
  | ({ readonly kind: "attempt-settled" } & AttemptSummary)
  /** The test will be tried again, after a pause, or at the end of the run. */
  | {
    readonly kind: "retry-planned";
    readonly testId: string;
    readonly attempt: number;
    readonly afterMs: number;
    readonly atEnd: boolean;
  }
  | ({ readonly kind: "test-settled"; readonly status: TestStatus } & SettledTest)
  | { readonly kind: "paused" }
  | { readonly kind: "continued"; readonly pausedMs: number }
  /** prekill's own event loop did not run for so long: times in this stretch are not to be trusted. */
  | { readonly kind: "driver-stalled"; readonly stalledMs: number }
  /** Why no further test is started. */
  | {
    readonly kind: "stopping";
    readonly reason: "fail-fast" | "signal" | "max-time" | "until-failure" | "errors" | "aborted";
    readonly signal?: string | undefined;
    /** A sentence. */
    readonly detail: string;
  }
  /** Something that is no test's fault and does not end the run. */
  | { readonly kind: "warning"; readonly message: string }
  /** What prekill has decided on its own, a sentence: no reason to worry. */
  | { readonly kind: "note"; readonly message: string }
  | {
    readonly kind: "run-settled";
    readonly counts: StatusCounts;
    readonly elapsedMs: number;
    /** Undefined when no process could have been started beforehand. */
    readonly starts?: StartCounts | undefined;
    readonly exitCode: number;
  };

/** How attempts have started: with a process that had been started beforehand, or with a new one. */
export interface StartCounts {
  /** With a process that waited. */
  readonly warm: number;
  /** With a new process. */
  readonly cold: number;
}

/** A test that will not be started again. */
export interface SettledTest {
  /** The test. */
  readonly testId: string;
  /** What people see. */
  readonly name: string;
  /** As it was planned. */
  readonly file: string;
  /** How many were made, those of an earlier run included. */
  readonly attempts: number;
  /** Of all its attempts, in milliseconds. */
  readonly elapsedMs: number;
  /** Why it is skipped, where the configuration says so. */
  readonly reason?: string | undefined;
}

/**
 * An event with its header: `seq` from 1 without gaps within a run (a resumed run counts on), `atMs` in milliseconds of
 * the epoch, `id` of the run (a UUID). Exactly one `…-settled` follows each `…-started`, but for a run that was killed.
 */
export type SuiteEvent =
  & { readonly seq: number; readonly atMs: number; readonly id: string }
  & SuiteEventBody;
