import type { Diagnosis } from "../sample_document.ts";

/** What the room above lends to the reports of a run. */
export interface ReportOptions {
  /** Writes a diagnosis in a few lines of printable text. */
  readonly renderVerdict: (diagnosis: Diagnosis) => string;
  /** Shortens the path of a sample for people. */
  readonly shorten: (path: string) => string;
  /** The session directory as people are to see it: the paths of logs begin with it. */
  readonly sessionDir: string;
}
