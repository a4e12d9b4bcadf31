import type { SuiteTest } from "./suite_options.ts";

/**
 * The environment of a test: the run's, changed by the test's own.
 *
 * @param environment of the run, with what the attempt adds
 * @param test whose
 * @returns a new environment
 */
export function testEnvironment(
  environment: Readonly<Record<string, string>>,
  test: Pick<SuiteTest, "env">,
): Record<string, string> {
  const own = { ...environment };
  for (const [name, value] of Object.entries(test.env ?? {})) {
    if (value === undefined) delete own[name];
    else own[name] = value;
  }
  return own;
}
