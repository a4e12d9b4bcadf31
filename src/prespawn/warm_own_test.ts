import type { WarmTest } from "./warm_test.ts";

/** A test with a runner of somebody's own. */
export interface WarmOwnTestOptions {
  /** The command of a cold start. */
  readonly command: readonly string[];
  /** Path of the test, as it stands in the command, where it does. */
  readonly file: string;
  /** Absolute path of the working directory of both starts. */
  readonly cwd: string;
  /** The whole environment, without what differs from attempt to attempt. */
  readonly env: Readonly<Record<string, string>>;
  /** Modules to load before. */
  readonly preloads: readonly string[];
}

/**
 * How a test starts warm whose runner is somebody's own: its job has the test as it stands in the cold command, and what
 * follows it there as arguments.
 *
 * @param runner program and arguments; the first word with a slash is the file that has to exist
 * @param options the test
 * @returns the warm start
 */
export function warmOwnTest(
  runner: readonly [string, ...string[]],
  { command, file, cwd, env, preloads }: WarmOwnTestOptions,
): WarmTest {
  const runnerFile = ownRunnerFile(runner);
  const name = file.replace(/^(?:\.\/)+/, "");
  const at = command.findIndex((word) => word.replace(/^(?:\.\/)+/, "") === name);
  return {
    start: {
      runner: runnerFile.slice(runnerFile.lastIndexOf("/") + 1),
      command: runner,
      runnerFile,
      cwd,
      env,
      preloads,
    },
    main: at < 0 ? file : command[at]!,
    args: at < 0 ? [] : command.slice(at + 1),
  };
}

/**
 * Which word of a command is the file of the runner: the first with a slash.
 *
 * @param runner program and arguments
 */
export function ownRunnerFile(runner: readonly [string, ...string[]]): string {
  return runner.find((word) => word.includes("/") && !word.startsWith("-")) ?? runner[0];
}
