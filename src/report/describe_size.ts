import { formatDuration } from "../duration.ts";
import type { RunSummary } from "./run_summary.ts";

/**
 * How large a run was, such as `24 tests in 3.2 s, 20 started warm`.
 *
 * @param run any
 * @returns a part of a sentence
 */
export function describeSize(
  { tests, elapsedMs, starts }: Pick<RunSummary, "tests" | "elapsedMs" | "starts">,
): string {
  const warm = starts === undefined || starts.warm === 0 ? "" : `, ${starts.warm} started warm`;
  return `${tests.length} ${tests.length === 1 ? "test" : "tests"} in ${formatDuration(elapsedMs)}${warm}`;
}
