/** How many tests passed and failed. */
export interface TestCount {
  readonly passed: number;
  readonly failed: number;
}

/**
 * Adds up the summaries in the output of test runs: lines such as `ok | 8 passed | 0 failed (63ms)` of `deno test` or
 * `8 passed, 0 failed` of the tools here.
 *
 * @param output what was printed, colours and all
 * @returns the sums; zeros when there is no summary
 */
export function countTests(output: string): TestCount {
  let passed = 0;
  let failed = 0;
  // deno-lint-ignore no-control-regex
  const plain = output.replace(/\x1b\[[0-9;]*m/g, "");
  for (const match of plain.matchAll(/(\d+) passed(?: \([^)]*\))?(?: \||,) (\d+) failed/g)) {
    passed += Number(match[1]);
    failed += Number(match[2]);
  }
  return { passed, failed };
}
