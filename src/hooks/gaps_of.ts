import type { ProcessFacts } from "./facts.ts";

/**
 * What of a process could not be seen, for people.
 *
 * @param process what was seen of it
 * @returns clauses; undefined when all of it was seen
 */
export function gapsOf({ incomplete, leftOut = [] }: ProcessFacts): string | undefined {
  const gaps = incomplete === undefined ? leftOut : [incomplete, ...leftOut];
  return gaps.length === 0 ? undefined : gaps.join("; ");
}
