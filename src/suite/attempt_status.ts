import type { LeakPolicy } from "../driver/driver_options.ts";
import type { Leak, Outcome } from "../outcome.ts";
import type { AttemptSummary } from "../suite_events.ts";
import { CODE_OF_KILL } from "./memory_watch.ts";
import type { SuiteTest } from "./suite_options.ts";

/** What a status is derived from, beyond outcome and test. */
export interface AttemptFacts {
  /** What outlived the main process. */
  readonly leaks: readonly Leak[];
  /** What is to become of it. */
  readonly leakPolicy: LeakPolicy;
  /** Whether it, or one of its own, was killed by the kernel for lack of memory. */
  readonly ranOutOfMemory: boolean;
  /** Which disk was full when it ended, as a sentence; undefined when there was room. */
  readonly noRoom?: string | undefined;
}

/** A status and, where the outcome does not say it, why. */
export interface AttemptVerdict extends Pick<AttemptSummary, "status" | "reason"> {
  /** Whether nothing could be started: the next may meet with the same. */
  readonly isStartFailure?: boolean | undefined;
}

const OUT_OF_MEMORY = "the kernel killed it because memory ran out";

/**
 * Tells what an attempt came to.
 *
 * @param outcome how it ended
 * @param test what is expected of it
 * @param facts what else is known
 * @returns the status, with a sentence where one is needed
 */
export function attemptStatus(outcome: Outcome, test: SuiteTest, facts: AttemptFacts): AttemptVerdict {
  switch (outcome.kind) {
    case "not-started":
      return { status: "error", reason: outcome.message, isStartFailure: true };
    case "cancelled":
      return { status: "not-run", reason: "the run ended in the middle of it" };
    case "timed-out":
      return { status: test.expectTimeout ? "passed" : "timed-out" };
    case "signalled":
      return { status: "crashed", reason: facts.ranOutOfMemory ? OUT_OF_MEMORY : facts.noRoom };
    case "exited":
      return statusOfCode(outcome.code, test, facts);
  }
}

function statusOfCode(code: number, test: SuiteTest, facts: AttemptFacts): AttemptVerdict {
  if (test.skipCodes?.includes(code)) return { status: "skipped" };
  if (test.emptyCodes?.includes(code)) {
    return { status: "skipped", reason: "there was nothing to run in it" };
  }
  if (code === CODE_OF_KILL && facts.ranOutOfMemory) return { status: "crashed", reason: OUT_OF_MEMORY };
  // No fault of the test: it could not write what it had to.
  if (code !== 0 && facts.noRoom !== undefined) return { status: "error", reason: facts.noRoom };
  if (code !== 0) return { status: "failed" };
  if (test.expectTimeout) return { status: "failed", reason: "it ended, although a timeout was expected" };
  if (facts.leakPolicy === "fail" && facts.leaks.length > 0) return { status: "leaked" };
  return { status: "passed" };
}
