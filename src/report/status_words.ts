import type { StatusCounts, TestStatus } from "../suite_events.ts";
import type { ReportTone } from "./terminal_options.ts";

/** Statuses in the order in which people are told, the worst last. */
export const STATUS_ORDER: readonly TestStatus[] = [
  "passed",
  "flaky",
  "skipped",
  "not-run",
  "error",
  "leaked",
  "crashed",
  "failed",
  "timed-out",
];

/** How each status stands out. */
export const STATUS_TONES: Readonly<Record<TestStatus, ReportTone>> = {
  "passed": "good",
  "flaky": "strong",
  "skipped": "faint",
  "not-run": "faint",
  "error": "bad",
  "leaked": "bad",
  "crashed": "bad",
  "failed": "bad",
  "timed-out": "bad",
};

/**
 * Counts in words, such as `8 passed, 1 flaky, 2 failed`.
 *
 * @param counts of a run
 * @param dress makes the words of one status stand out
 * @returns statuses without a test are left out; `no tests` when all are
 */
export function countWords(
  counts: StatusCounts,
  dress: (text: string, status: TestStatus) => string = (text) => text,
): string {
  const words = STATUS_ORDER.filter((status) => counts[status] > 0).map((status) =>
    dress(`${counts[status]} ${wordOf(status, counts[status])}`, status)
  );
  return words.length === 0 ? "no tests" : words.join(", ");
}

/** The one noun among them has a plural. */
function wordOf(status: TestStatus, count: number): string {
  return status === "error" && count > 1 ? "errors" : status.replace("-", " ");
}
