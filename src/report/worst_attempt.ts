import { isBad } from "../status_counts.ts";
import type { ReportedAttempt, TestSummary } from "./run_summary.ts";

/**
 * The attempt that a report explains: the last that did not pass.
 *
 * @param test any
 * @returns undefined when all passed, or none was made
 */
export function worstAttempt({ attempts }: TestSummary): ReportedAttempt | undefined {
  return attempts.findLast(({ status }) => isBad(status));
}
