import type { Project, PythonProject } from "./project.ts";
import type { RunnerName } from "./runner_names.ts";
import { toldByImports } from "./told_by_imports.ts";

/** What the runner of a script is chosen by. */
export interface ScriptFacts {
  /** The beginning of the file, read when it is asked for. */
  head(): string;
  readonly project: Project | undefined;
  /** Whether it is called like a test. */
  readonly isTest: boolean;
}

/**
 * Chooses what runs a script. In a project that is Deno's alone that is Deno; elsewhere what the file imports decides,
 * then the test script and the dependencies of its `package.json`. Without a project it is Deno.
 *
 * @param facts about the file
 * @returns the runner
 */
export function chooseScriptRunner({ head, project, isTest }: ScriptFacts): RunnerName {
  const { deno, packageJson } = project ?? {};
  if (deno !== undefined && packageJson === undefined && isTest) return "deno-test";
  const told = toldByImports(head());
  if (told === "node-test" && deno !== undefined) return "deno-test";
  if (told === "node-test" && packageJson?.isBun) return "bun-test";
  if (told !== undefined) return told;
  if (deno !== undefined || packageJson === undefined) return isTest ? "deno-test" : "deno";
  if (!isTest) return packageJson.isBun ? "bun" : "node";
  return packageJson.framework ?? (packageJson.isBun ? "bun-test" : "node-test");
}

const IMPORTS_UNITTEST = /^[ \t]*(?:import|from)[ \t]+unittest\b/m;
const IMPORTS_PYTEST = /^[ \t]*(?:import|from)[ \t]+pytest\b/m;

/**
 * Chooses what runs a Python module: pytest where the project or the module is written for it, or where unittest would
 * find nothing in it.
 *
 * @param head the beginning of the file
 * @param project its project
 * @param isTest whether it is called like a test
 * @returns the runner
 */
export function choosePythonRunner(head: string, project: PythonProject, isTest: boolean): RunnerName {
  if (!isTest) return "python";
  if (project.usesPytest || IMPORTS_PYTEST.test(head)) return "pytest";
  return IMPORTS_UNITTEST.test(head) ? "unittest" : "pytest";
}
