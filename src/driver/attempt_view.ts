import type { ProcessIdentity } from "../tree/process_entry.ts";

/** What a derived driver can ask of the running process. */
export interface AttemptView {
  /** The process that was started. */
  readonly pid: number;
  /** Whether it leads a session of its own. */
  readonly ownsSession: boolean;
  /** Descendants that were alive at the last look. */
  seen(): readonly ProcessIdentity[];
  /** `pipe:[inode]` names of the pipes that carry its output, as far as somebody reads them. */
  outputPipes(): string[];
}
