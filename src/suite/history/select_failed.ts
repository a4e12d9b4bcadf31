import type { TestStatus } from "../../suite_events.ts";
import type { History } from "./history.ts";

const FAILED: ReadonlySet<TestStatus> = new Set<TestStatus>([
  "failed",
  "timed-out",
  "crashed",
  "leaked",
  "error",
]);

/**
 * The tests that did not pass when they ran last (`--rerun-failed`); flaky ones passed.
 *
 * @param tests all tests
 * @param history what is known of earlier runs
 * @returns those of them, in the same order
 */
export function selectFailed<T extends { readonly testId: string }>(
  tests: readonly T[],
  history: History,
): T[] {
  return tests.filter(({ testId }) => {
    const status = history.tests.get(testId)?.status;
    return status !== undefined && FAILED.has(status);
  });
}
