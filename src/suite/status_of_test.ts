import type { TestStatus } from "../suite_events.ts";

/**
 * What a test has come to that is not tried again.
 *
 * @param last what its last attempt came to
 * @param lastBad what the last of its attempts came to that did not pass; undefined when none failed
 * @returns `flaky` when it passed on a retry; a test that was cut short has come to what its last whole attempt came to
 */
export function statusOfTest(last: TestStatus, lastBad: TestStatus | undefined): TestStatus {
  if (last === "passed" && lastBad !== undefined) return "flaky";
  return last === "not-run" ? lastBad ?? last : last;
}
