import type { History } from "./history.ts";

/**
 * How long a test takes of which nothing is known: the median of the others.
 *
 * @param tests the tests of this run
 * @param history what is known
 * @returns milliseconds; undefined when none of the tests is known
 */
export function typicalMs(
  tests: readonly { readonly testId: string }[],
  history: History,
): number | undefined {
  const known = tests.flatMap(({ testId }) => history.tests.get(testId)?.elapsedMs ?? []);
  return known.sort((a, b) => a - b)[known.length >> 1];
}
