import type { SampleReason } from "./outcome.ts";
import type { Diagnosis } from "./sample_document.ts";

/** What became of the pre-kill hook. */
export interface HookRecord {
  /** Which limit ran out, or who asked. */
  readonly reason: SampleReason;
  /** `skipped`: there is no hook for this system, or the process is on another machine. */
  readonly status: "ok" | "failed" | "timed-out" | "skipped";
  /** How long hook, command and writing took, in milliseconds. */
  readonly ms: number;
  /** Between the deadline and the call of the hook. */
  readonly lateMs: number;
  /** What went wrong, on one line. */
  readonly message?: string | undefined;
  /** Absolute paths of the files written. */
  readonly files: readonly string[];
  /** The cause, when the hook has found one. */
  readonly diagnosis?: Diagnosis | undefined;
  /** The text of the sample, when it could not be written to a file: print it, so that it is not lost. */
  readonly unsavedText?: string | undefined;
}
