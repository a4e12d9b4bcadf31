import type { History } from "./history.ts";

/**
 * Puts tests in the order in which a run is over soonest: what is not known yet first, then the longest. Equal ones stay
 * as they were given.
 *
 * @param tests in any order
 * @param history what is known of earlier runs
 * @returns the same tests
 */
export function orderTests<T extends { readonly testId: string }>(
  tests: readonly T[],
  history: History,
): T[] {
  const msOf = ({ testId }: T): number => history.tests.get(testId)?.elapsedMs ?? Infinity;
  return tests.map((test) => ({ test, ms: msOf(test) }))
    .sort((a, b) => a.ms === b.ms ? 0 : b.ms - a.ms)
    .map(({ test }) => test);
}
