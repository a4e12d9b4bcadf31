import type { TestStatus } from "../../suite_events.ts";

/** What earlier runs showed of a test. */
export interface TestHistory {
  /** How it ended last, when it ran. */
  readonly status: TestStatus;
  /** How long it takes, in milliseconds: half of what it took last, half of what was known before. */
  readonly elapsedMs: number;
  /** When it ran last, in milliseconds of the epoch. */
  readonly atMs: number;
}

/** What earlier runs showed, by `testId`. */
export interface History {
  readonly tests: ReadonlyMap<string, TestHistory>;
}
