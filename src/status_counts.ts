import type { StatusCounts, TestStatus } from "./suite_events.ts";

/** Counts of a run in progress. */
export type MutableCounts = { -readonly [Status in keyof StatusCounts]: number };

/** Counts with nothing in them. */
export function noCounts(): MutableCounts {
  return {
    "passed": 0,
    "failed": 0,
    "timed-out": 0,
    "crashed": 0,
    "leaked": 0,
    "flaky": 0,
    "skipped": 0,
    "not-run": 0,
    "error": 0,
  };
}

/**
 * Whether a test that came to this has to be looked at: it ran, or was to run, and did not pass.
 *
 * @param status of a test or of one attempt
 * @returns false for what passed, was skipped or had no turn
 */
export function isBad(status: TestStatus): boolean {
  return status !== "passed" && status !== "flaky" && status !== "skipped" && status !== "not-run";
}
