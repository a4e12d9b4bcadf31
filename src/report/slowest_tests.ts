import type { TestSummary } from "./run_summary.ts";

const MAX_TESTS = 10;

/**
 * The tests that took the longest, of those that ran.
 *
 * @param tests of a run
 * @returns the slowest first; none where there are too few to choose from
 */
export function slowestTests(tests: readonly TestSummary[]): TestSummary[] {
  const ran = tests.filter(({ attempts, elapsedMs }) => attempts.length > 0 && elapsedMs > 0);
  return ran.length < 2 ? [] : ran.toSorted((a, b) => b.elapsedMs - a.elapsedMs).slice(0, MAX_TESTS);
}
