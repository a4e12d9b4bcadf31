import type { Runtime } from "../../runtime/port.ts";
import type { ProcessIdentity } from "../../tree/process_entry.ts";

/** How to look at a tree. */
export interface CollectOptions {
  readonly runtime: Runtime;
  /** The process that was started, or that the user named. */
  readonly rootPid: number;
  /** What it is to be called by, when its own command line does not tell: that of a runner started beforehand. */
  readonly rootCommand?: readonly string[] | undefined;
  /** Whether it leads a session of its own that belongs to it. */
  readonly ownsSession: boolean;
  /** `PREKILL_ID` of the attempt, or empty. */
  readonly cookie: string;
  /** Descendants seen earlier. */
  readonly seen: readonly ProcessIdentity[];
  /** `pipe:[inode]` names of the pipes that carry the output to prekill. */
  readonly outputPipes: readonly string[];
  /** From the first to the last snapshot. */
  readonly sampleTimeMs: number;
  /** Aborted when time is up: collectors stop and what is there is returned. */
  readonly signal: AbortSignal;
  /** Whether the tree is ended afterwards: only then may a process be held for a moment, or asked for what it prints. */
  readonly willBeKilled?: boolean | undefined;
  /** The end of the output of the tree as it is when this is called, for what a runtime prints when it is asked. */
  readonly readOutput?: ((maxBytes: number) => string) | undefined;
  /** Only read what the kernel and memory show: no debugger, no signal, no request to a runtime. */
  readonly readOnly?: boolean | undefined;
  /** Read the environment of the root, too, where the system shows it. */
  readonly environment?: boolean | undefined;
}
