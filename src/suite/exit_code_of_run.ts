import { EXIT_INTERNAL, EXIT_SIGNAL_BASE } from "../exit_codes.ts";
import { signalNumber } from "../signals.ts";
import type { StatusCounts } from "../suite_events.ts";
import { isBad } from "../status_counts.ts";
import type { TestStatus } from "../suite_events.ts";

/** What ended a run, beyond its tests. */
export interface RunEnd {
  /** The signal that ended it. */
  readonly signal?: string | undefined;
  /** Whether something was lost that a later reader needs, such as the journal. */
  readonly isIncomplete: boolean;
}

/**
 * The exit code of a run.
 *
 * @param counts its tests
 * @param end what ended it
 * @returns 128+N by signal N, 1 when a test did not pass or had no turn, 125 when its record is incomplete, else 0
 */
export function exitCodeOfRun(counts: StatusCounts, end: RunEnd): number {
  if (end.signal !== undefined) return EXIT_SIGNAL_BASE + signalNumber(end.signal);
  const isFailure = (Object.keys(counts) as TestStatus[]).some((status) =>
    counts[status] > 0 && (isBad(status) || status === "not-run")
  );
  if (isFailure) return 1;
  return end.isIncomplete ? EXIT_INTERNAL : 0;
}
