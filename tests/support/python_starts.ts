import type { Job } from "../../src/prespawn/job.ts";
import type { WarmStart } from "../../src/prespawn/warm_start.ts";
import { installedPythons } from "./pythons.ts";

/** The programs for comparisons. */
export const PYTHON_PROGRAMS = new URL("../fixtures/warm/python", import.meta.url).pathname;
/** The program of the fork server. */
export const FORK_SERVER = new URL("../../src/prespawn/runners/fork_server.py", import.meta.url).pathname;
const RUNNER = new URL("../../src/prespawn/runners/python.py", import.meta.url).pathname;
/** Path of the Python to test with; the first that is found when it is not set. */
const CHOICE = "PREKILL_TEST_PYTHON";

/** The Python to test with; undefined when there is none. */
export function testPython(): string | undefined {
  return Deno.env.get(CHOICE) ?? installedPythons()[0]?.path;
}

/** What differs between two starts of any Python program. */
export const PYTHON_DIFFERENCES: readonly (readonly [RegExp, string])[] = [
  [/\b0x[0-9a-f]{6,}/g, "<address>"],
  [/ started \d+\b/g, " started <thread>"],
  [/\b\d+\.\d+ ?s(ec(onds)?)?\b/g, "<time>"],
  [/\/tmp\w+|\btmp[a-z0-9_]{8}\b/g, "<name>"],
];

/** What a runner of Python is started with. */
export interface PythonStart {
  readonly python: string;
  readonly env: Readonly<Record<string, string>>;
  /** Absolute path. */
  readonly cwd: string;
  readonly preloads?: readonly string[];
  /** Options of the interpreter. */
  readonly options?: readonly string[];
  /** What follows the program of the runner: `-m` and a module, or a folder. */
  readonly mode?: readonly string[];
}

/** How the runner of Python is started. */
export function pythonStart(
  { python, env, cwd, preloads = [], options = [], mode = [] }: PythonStart,
): WarmStart {
  return {
    runner: "python",
    command: [python, ...options, RUNNER, ...mode],
    runnerFile: RUNNER,
    cwd,
    env,
    preloads,
  };
}

/** A job of a Python runner. */
export function pythonJob(
  main: string,
  { args = [], env, cwd }: { args?: readonly string[]; env: Readonly<Record<string, string>>; cwd: string },
): Job {
  return { v: 1, main, args, env, cwd };
}
