import type { EarlierAttempts, SuiteTest } from "./suite_options.ts";
import type { TestState } from "./test_state.ts";

/**
 * Where a test stands when its run begins, or is carried on.
 *
 * @param test the test
 * @param order its place in the order of the run, from 0
 * @param earlier what a run that was killed has made of it; undefined when nothing
 */
export function initialState(
  test: SuiteTest,
  order: number,
  earlier: EarlierAttempts | undefined,
): TestState {
  return {
    test,
    order,
    attempts: earlier?.count ?? 0,
    refusals: 0,
    lastBad: earlier?.lastBad,
    isRunning: false,
    isHung: false,
  };
}
