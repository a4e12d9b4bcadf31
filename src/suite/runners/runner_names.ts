/** What can run a test file, by the names of `--runner` and `prekill.json`. */
export const RUNNER_NAMES = [
  "deno-test",
  "deno",
  "node-test",
  "node",
  "bun-test",
  "bun",
  "vitest",
  "jest",
  "pytest",
  "unittest",
  "python",
  "executable",
] as const;

/** One of them. */
export type RunnerName = (typeof RUNNER_NAMES)[number];
