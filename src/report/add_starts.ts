import type { StartCounts } from "../suite_events.ts";

/**
 * How attempts of two runs, or of two parts of one, have started.
 *
 * @param one undefined when no process could have been started beforehand
 * @param other as well
 * @returns the sum; undefined when both are
 */
export function addStarts(
  one: StartCounts | undefined,
  other: StartCounts | undefined,
): StartCounts | undefined {
  if (one === undefined || other === undefined) return one ?? other;
  return { warm: one.warm + other.warm, cold: one.cold + other.cold };
}
