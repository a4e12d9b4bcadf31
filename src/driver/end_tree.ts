import type { Leak } from "../outcome.ts";
import type { Runtime } from "../runtime/port.ts";
import type { Attempt } from "./attempt.ts";
import type { DriverOptions } from "./driver_options.ts";
import { endLeaks } from "./leaks.ts";

/** What `endTree` needs to know. */
export interface EndTreeOptions {
  readonly runtime: Runtime;
  readonly options: DriverOptions;
  /** Whether the driver has ended the process, and so the whole tree with it. */
  readonly ended: boolean;
  /** Called when the process has ended with all of its group. */
  onQuiet(): void;
  /** Looks into processes that hold the output, before they are ended. */
  look(): Promise<void>;
}

/**
 * Ends what is left of a tree after the exit of its main process, as the leak policy wants it.
 *
 * @param attempt the attempt, drained by this
 * @param options the policy
 * @returns what is to be reported: leaks, and processes that even KILL did not end
 */
export async function endTree(attempt: Attempt, options: EndTreeOptions): Promise<readonly Leak[]> {
  const { runtime, ended, look } = options;
  const { leaks: policy = "kill", hardKill = true } = options.options;
  const left = await attempt.drain(options.onQuiet);
  if (left.length === 0) return [];
  if (ended) {
    if (!hardKill) return [];
    // The tree was to be ended: what is left of it is no leak unless KILL does not help.
    const survivors = await attempt.tree.killAll();
    return attempt.describeLeaks(survivors).map((leak) => ({ ...leak, fate: "survived" }));
  }
  const leaks = attempt.describeLeaks(left);
  if (policy === "keep") return leaks;
  if (leaks.some((leak) => leak.holdsOutput)) await look();
  return await endLeaks(runtime, attempt.tree, leaks);
}
