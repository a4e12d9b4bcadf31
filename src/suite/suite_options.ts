import type { LeakPolicy } from "../driver/driver_options.ts";
import type { TestStatus } from "../suite_events.ts";

/** Limits of one attempt. Durations in milliseconds; undefined or 0 is no limit. */
export interface TestLimits {
  /** Wall clock. */
  readonly timeoutMs?: number | undefined;
  /** Since the last output. */
  readonly idleTimeoutMs?: number | undefined;
  /** From the start to the first output. */
  readonly startupTimeoutMs?: number | undefined;
  /** Reported as slow; it goes on. */
  readonly slowAfterMs?: number | undefined;
  /** Between soft and hard kill, 10 s when undefined. */
  readonly graceMs?: number | undefined;
}

/** One test: one file, one process per attempt. */
export interface SuiteTest extends TestLimits {
  /** Unique within the run and stable across runs: history, resume and shards know the test by it. */
  readonly testId: string;
  /** What people see. */
  readonly name: string;
  /** The file, or the name again; it names logs and samples. */
  readonly file: string;
  /** The runner that made the command, such as `deno-test`, `pytest`, `executable`, `command`. */
  readonly runner: string;
  /** Program and arguments. */
  readonly command: readonly [string, ...string[]];
  /** Working directory; the run's when undefined. */
  readonly cwd?: string | undefined;
  /** Added to the environment; undefined values are removed from it. */
  readonly env?: Readonly<Record<string, string | undefined>> | undefined;
  /** Tests of a group share its limit of concurrent tests. */
  readonly group?: string | undefined;
  /** Runs while no other test does. */
  readonly isSerial?: boolean | undefined;
  /** Overrides the run's. */
  readonly retries?: number | undefined;
  /** A timeout is what is expected: it passes when it times out, and fails when it does not. */
  readonly expectTimeout?: boolean | undefined;
  /** Exit codes that mean "skipped", such as 77 of Automake's protocol; none when undefined. */
  readonly skipCodes?: readonly number[] | undefined;
  /** Exit codes that mean that there was nothing to run (pytest's 5), which is no failure. */
  readonly emptyCodes?: readonly number[] | undefined;
  /** Folder of the user's own hooks. */
  readonly hooksDir?: string | undefined;
  /** A command line for the shell, run before a hang is ended; `{pid}` stands for the process. */
  readonly preKillCommand?: string | undefined;
  /** Instead of the run's: how its process is started before its turn; a run that is `off` is off for all. */
  readonly prespawn?: PrespawnMode | undefined;
  /** Instead of the run's: modules that are loaded beforehand, as `PrespawnOptions.preloads`. */
  readonly preloads?: readonly string[] | undefined;
  /** Command of a runner of one's own that the test is started with beforehand; it speaks the protocol of runners. */
  readonly warmRunner?: readonly [string, ...string[]] | undefined;
  /** Excluded by the configuration, with the reason: settled as `skipped` without a start. */
  readonly skip?: string | undefined;
}

/** How tests are tried again. */
export interface RetryOptions {
  /** Further attempts of a test that did not pass; 0 when undefined. */
  readonly retries?: number | undefined;
  /** Pause before the first retry, doubled each time, at most 30 s; none when undefined. */
  readonly retryDelayMs?: number | undefined;
  /** Retry at the end of the run, one test at a time, instead of at once. */
  readonly retryAtEnd?: boolean | undefined;
}

/**
 * `auto`: wherever the runner of a test supports it, as long as it pays; the default. `fork`: Python tests are forked from
 * one process that has loaded the modules, the others as with `auto`. `off`: never.
 */
export type PrespawnMode = "auto" | "fork" | "off";

/** How processes are started before their tests. */
export interface PrespawnOptions {
  /** Of tests that have none of their own; `auto` when undefined. */
  readonly mode?: PrespawnMode | undefined;
  /** Processes that may wait for a test at the same time; as many as tests may run when undefined. */
  readonly size?: number | undefined;
  /**
   * Modules that are loaded beforehand, by the names of the tests' language; `auto` among them stands for those that at least
   * half of the tests of a language import, as far as they can be loaded and do not belong to the tests.
   */
  readonly preloads?: readonly string[] | undefined;
}

/** How a run goes. */
export interface SuiteOptions extends RetryOptions {
  /** Tests at the same time; the processors when undefined. */
  readonly jobs?: number | undefined;
  /** Tests at the same time in each group; groups without a number have the run's. */
  readonly groups?: Readonly<Record<string, number>> | undefined;
  /** Stop after so many tests that did not pass. */
  readonly failFast?: number | undefined;
  /** Stop at the first test that did not pass, and end what runs, but for a hang that is being explained. */
  readonly untilFailure?: boolean | undefined;
  /** For the whole run: afterwards nothing is started, and what runs is ended. */
  readonly maxTimeMs?: number | undefined;
  /** How processes are started before their tests; `auto` when undefined. */
  readonly prespawn?: PrespawnOptions | undefined;
  /** Logs, samples and the journal; created at the start. */
  readonly sessionDir: string;
  /** Working directory; the caller's when undefined. */
  readonly cwd?: string | undefined;
  /** The environment of the tests, before each test's own is added; the caller's when undefined. */
  readonly env?: Readonly<Record<string, string>> | undefined;
  /** What happens to processes that outlive their test; "kill" when undefined. */
  readonly leaks?: LeakPolicy | undefined;
  /** Such as `2/5`, for the tests' environment and the journal. */
  readonly shard?: string | undefined;
  /** Seed of the order, for the journal. */
  readonly seed?: number | undefined;
  /** Keep the logs of tests that passed, too. */
  readonly keepLogs?: boolean | undefined;
  /** Look into a hang before it is ended; true when undefined. */
  readonly hook?: boolean | undefined;
  /** From the first to the last snapshot of a full sample, 1 s when undefined. */
  readonly sampleTimeMs?: number | undefined;
  /** Limit of the pre-kill hook, 30 s when undefined. */
  readonly hookTimeoutMs?: number | undefined;
  /** The soft kill's signal, SIGTERM when undefined. */
  readonly softSignal?: string | undefined;
  /** Bytes of output kept of what did not pass, 16 KiB when undefined. */
  readonly tailBytes?: number | undefined;
  /** Arguments of the command line, for the journal. */
  readonly args?: readonly string[] | undefined;
  /** An earlier run to carry on: its id, the last number of its journal, and what is settled. */
  readonly resume?: ResumedRun | undefined;
  /** Ends the run in order: what runs is ended, the rest is not run. */
  readonly signal?: AbortSignal | undefined;
}

/** What is known of the run that is carried on. */
export interface ResumedRun {
  /** Its id. */
  readonly id: string;
  /** Number of its last event. */
  readonly lastSeq: number;
  /** Tests settled in it: they count in the result and are not started again. */
  readonly settled: readonly {
    readonly testId: string;
    readonly status: TestStatus;
  }[];
  /** Attempts already made of tests that are not settled, by test. */
  readonly attempts: ReadonlyMap<string, EarlierAttempts>;
}

/** The attempts at one test that came to their end before its run was killed; one that was cut off was not made. */
export interface EarlierAttempts {
  /** How many. */
  readonly count: number;
  /** What the last of them came to. */
  readonly status: TestStatus;
  /** What the last of them came to that did not pass; undefined when none failed. */
  readonly lastBad: TestStatus | undefined;
  /** Active time of all, in milliseconds. */
  readonly elapsedMs: number;
}
