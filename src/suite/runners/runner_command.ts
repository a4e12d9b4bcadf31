import { dirname, toFileUrl } from "../../std/path.ts";
import { pathBelow } from "../discovery/path_below.ts";
import type { SuiteTest } from "../suite_options.ts";
import type { Project, PythonProject } from "./project.ts";
import type { RunnerName } from "./runner_names.ts";

/** What a command is made of. */
export interface RunnerCommandOptions {
  readonly runner: RunnerName;
  readonly absolutePath: string;
  /** Absolute path of the run's working directory, for files without a project. */
  readonly cwd: string;
  /** The project of a script. */
  readonly project: Project | undefined;
  /** The project of a Python module. */
  python(): PythonProject;
  /** Absolute path of a program of the package, such as vitest; undefined when it is not installed. */
  packageProgram(name: string): string | undefined;
  /** Absolute path of the nearest folder above a Python module that is not part of its package. */
  importRoot(): string;
  /** `PYTHONPATH` of the run. */
  readonly pythonPath: string | undefined;
  /** Options that Node needs for this file. */
  readonly nodeFlags: readonly string[];
  readonly os: string;
}

/** How a test is run by its runner. */
export type RunnerCommand = Pick<SuiteTest, "command" | "cwd" | "env" | "skipCodes" | "emptyCodes">;

/** Exit code of pytest, and of unittest from Python 3.12 on, when there was no test. */
const NO_TESTS = 5;
/** "Skipped" in Automake's protocol, which Meson, CTest and others know as well. */
const SKIPPED = 77;

/**
 * The command with which a runner runs one file, in the folder of its project.
 *
 * @param options the file and its surroundings
 * @returns the command, and what its exit codes mean
 */
export function runnerCommand(options: RunnerCommandOptions): RunnerCommand {
  const { runner, absolutePath, project, nodeFlags, os } = options;
  const cwd = project?.folder ?? options.cwd;
  const file = pathFrom(cwd, absolutePath);
  const denoArgs = project?.deno?.flags ?? ["-A"];
  switch (runner) {
    case "deno-test":
      return { command: ["deno", "test", "--no-prompt", ...denoArgs, denoTestFile(file, absolutePath)], cwd };
    case "deno":
      return { command: ["deno", "run", "--no-prompt", "-A", file], cwd };
    case "node-test":
      return { command: ["node", ...nodeFlags, "--test-reporter=spec", file], cwd };
    case "node":
      return { command: ["node", ...nodeFlags, file], cwd };
    case "bun-test":
      return { command: ["bun", "test", file], cwd };
    case "bun":
      return { command: ["bun", "run", file], cwd };
    case "vitest":
      return { command: [...packageCommand(options, "vitest"), "run", ...vitestFilter(file)], cwd };
    case "jest":
      return { command: [...packageCommand(options, "jest"), "--runTestsByPath", file], cwd };
    case "pytest":
    case "unittest":
    case "python":
      return pythonCommand(runner, options);
    case "executable":
      return {
        command: [os === "windows" ? absolutePath : pathFrom(options.cwd, absolutePath)],
        skipCodes: [SKIPPED],
      };
  }
}

/** Relative with `./` in front, so that it is neither an option, nor a filter, nor looked up in `PATH`. */
function pathFrom(folder: string, path: string): string {
  const below = pathBelow(folder, path);
  return below === undefined ? path : `./${below}`;
}

/** `deno test` takes paths with wildcards for globs, but not URLs. */
function denoTestFile(file: string, absolutePath: string): string {
  return /[*?{]/.test(file) ? toFileUrl(absolutePath).href.replaceAll("*", "%2A") : file;
}

/** Vitest runs every file whose path contains the argument: those with a longer name are excluded. */
function vitestFilter(file: string): string[] {
  const name = file.slice(file.lastIndexOf("/") + 1);
  return [file.replace(/^\.\//, ""), "--exclude", `**/?*${name.replace(/[*?{}[\]()!+@\\]/g, "\\$&")}`];
}

function packageCommand({ packageProgram }: RunnerCommandOptions, name: string): [string, ...string[]] {
  const path = packageProgram(name);
  return path === undefined ? ["npx", "--no-install", name] : [path];
}

function pythonCommand(
  runner: "pytest" | "unittest" | "python",
  options: RunnerCommandOptions,
): RunnerCommand {
  const project = options.python();
  const cwd = project.folder;
  const python = project.python ?? (options.os === "windows" ? "python" : "python3");
  const file = pathFrom(cwd, options.absolutePath);
  if (runner === "python") return { command: [python, file], cwd };
  if (runner === "pytest") return { command: [python, "-m", "pytest", file], cwd, emptyCodes: [NO_TESTS] };
  const root = options.importRoot();
  const module = pathBelow(root, options.absolutePath)!.replace(/\.py$/, "").replaceAll("/", ".");
  const separator = options.os === "windows" ? ";" : ":";
  return {
    command: [python, "-m", "unittest", module],
    cwd,
    env: { PYTHONPATH: options.pythonPath ? `${root}${separator}${options.pythonPath}` : root },
    emptyCodes: [NO_TESTS],
  };
}

/**
 * The nearest folder above a Python module that is not part of its package: what `import` starts from.
 *
 * @param absolutePath of the module
 * @param isPackage whether a folder has an `__init__.py`
 * @returns absolute path
 */
export function importRootOf(absolutePath: string, isPackage: (folder: string) => boolean): string {
  let folder = dirname(absolutePath);
  while (isPackage(folder) && dirname(folder) !== folder) folder = dirname(folder);
  return folder;
}
