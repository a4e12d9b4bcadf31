import type { RunSummary } from "./run_summary.ts";
import { shownText } from "./shown_text.ts";

/**
 * Says how a run ended before its time, where its tests do not say it themselves: somebody stopped it, its time was over, it was
 * killed, or a part of it is missing.
 *
 * @param run any
 * @returns a sentence without its full stop; undefined for a run that went to its end or was stopped by tests that did not pass
 */
export function describeRunEnd({ stopping, settled, counts, missing }: RunSummary): string | undefined {
  if (missing !== undefined) return missing;
  if (stopping !== undefined && !OF_TESTS.has(stopping.reason)) {
    return `The run was stopped: ${shownText(stopping.detail)}`;
  }
  if (settled !== undefined) return undefined;
  const left = counts["not-run"];
  return `The run was killed, or has not ended yet: ${
    left === 1 ? "1 test has" : `${left} tests have`
  } not been settled`;
}

const OF_TESTS: ReadonlySet<string> = new Set(["fail-fast", "until-failure", "errors"]);
