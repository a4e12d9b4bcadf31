import type { SampleReason } from "./outcome.ts";
import type { Diagnosis } from "./sample_document.ts";

/** What became of the pre-kill hook. */
export interface HookRecord {
  readonly reason: SampleReason;
  readonly status: "ok" | "failed" | "timed-out" | "skipped";
  readonly ms: number;
  /** Between the deadline and the call of the hook. */
  readonly lateMs: number;
  /** What went wrong, on one line. */
  readonly message?: string | undefined;
  /** Absolute paths of the files written. */
  readonly files: readonly string[];
  readonly diagnosis?: Diagnosis | undefined;
  /** The text of the sample, when it could not be written to a file: print it, so that it is not lost. */
  readonly unsavedText?: string | undefined;
}
