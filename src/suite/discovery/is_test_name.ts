const SCRIPT = "(?:ts|tsx|mts|cts|js|jsx|mjs|cjs)";
/** What `deno test` takes for a test. */
const DENO_TEST = new RegExp(`^(?:.*[._])?test\\.${SCRIPT}$`, "s");
const SCRIPT_TEST = new RegExp(`^(?:(?:.*[._-])?test|.*[._-]spec)\\.${SCRIPT}$`, "s");
const PYTHON_TEST = /^(?:test_.*|.*_test)\.py$/s;
const PROGRAM_TEST = /^(?:test[_-][^.]*|[^.]*[_-]test|.*\.(?:test|t))(?:\.(?:sh|bash|pl|exe|bat|cmd))?$/s;

/** What kind of test a file is by its name alone. */
export type TestNameKind = "script" | "python" | "program";

/** What is looked for in folders, in words. */
export const TEST_NAMES =
  "*_test.{ts,js,…}, *.test.{ts,js,…}, *.spec.{ts,js,…}, test_*.py, *_test.py, and executables called test_* or *_test";

/**
 * Tells by its name whether a file in a folder is a test. Programs only if they can be executed, too.
 *
 * @param name without its folder
 * @returns the kind; undefined when it is not called like a test
 */
export function testNameKind(name: string): TestNameKind | undefined {
  if (SCRIPT_TEST.test(name)) return "script";
  if (PYTHON_TEST.test(name)) return "python";
  return PROGRAM_TEST.test(name) ? "program" : undefined;
}

/**
 * Tells whether `deno test` would take a file in a folder for a test.
 *
 * @param name without its folder
 */
export function isDenoTestName(name: string): boolean {
  return DENO_TEST.test(name);
}
