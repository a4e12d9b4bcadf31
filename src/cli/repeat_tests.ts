import type { SuiteTest } from "../suite/suite_options.ts";

/**
 * Plans each test so many times: all of them once, then all of them again.
 *
 * @param tests what is to run
 * @param times from 1
 * @returns the tests; the second of a test has `#2` behind its `testId` and its name, and so on
 */
export function repeatTests(tests: readonly SuiteTest[], times: number): readonly SuiteTest[] {
  if (times === 1) return tests;
  return Array.from({ length: times }, (_, index) => {
    if (index === 0) return tests;
    const mark = `#${index + 1}`;
    return tests.map((test) => ({ ...test, testId: `${test.testId}${mark}`, name: `${test.name} ${mark}` }));
  }).flat();
}

/**
 * The test that a repetition is one of.
 *
 * @param testId as `repeatTests` made it, or any
 * @returns without its number
 */
export function repeatedId(testId: string): string {
  return testId.replace(/#\d+$/, "");
}
