import type { WarmSource } from "./warm_source.ts";
import type { WarmStart } from "./warm_start.ts";

/** Why tests start cold: runners have failed, or tests that start cold are done sooner. */
export type SwitchOffReason = "failed" | "does-not-pay";

/** What the warm starts of a run are made with. */
export interface WarmPoolsOptions {
  /**
   * Absolute path of a private directory on the file system of the logs, for what runners write while they wait; whoever gave
   * it removes it.
   */
  readonly directory: string;
  /** Runners that may wait, all pools together. */
  readonly size: number;
  /** Whether a test is to start cold when no runner has begun to start for it; it waits for one when undefined. */
  readonly onlyPrepared?: boolean | undefined;
  /** Tests that run now, warm or cold, and those that wait for `take`. */
  runningCount(): number;
  /** Is told, once for each kind of runner, that tests start cold from here on, and why. */
  onSwitchOff?: ((message: string, why: SwitchOffReason) => void) | undefined;
  /** Gives a source that takes the place of a pool, such as a fork server; undefined for a pool. */
  createSource?: ((start: WarmStart) => WarmSource | undefined) | undefined;
  /** Is told that such a source has failed, and why: it ends, and `createSource` is asked again. */
  replacesSource?: ((start: WarmStart, reason: string) => void) | undefined;
  /** How long a runner may take to get ready; 60 s when undefined. */
  readonly readyLimitMs?: number | undefined;
}
