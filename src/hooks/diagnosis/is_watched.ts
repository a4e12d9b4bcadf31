import type { Facts } from "../facts.ts";

/** Below these one look cannot tell a moment from a state. */
const PROOF_WINDOW_MS = 300;
const PROOF_SNAPSHOTS = 3;

/**
 * Whether a tree was looked at often and long enough to tell what stays from what passes.
 *
 * @param facts what was collected
 */
export function isWatched({ windowMs, snapshots }: Facts): boolean {
  return windowMs >= PROOF_WINDOW_MS && snapshots >= PROOF_SNAPSHOTS;
}
