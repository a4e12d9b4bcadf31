import type { Runtime } from "../../runtime/port.ts";
import { runTool } from "../../runtime/run_tool.ts";
import { basename, dirname, join } from "../../std/path.ts";
import { choosePythonRunner, chooseScriptRunner } from "../runners/choose_runner.ts";
import { isNodeTestFile } from "../runners/node_test_files.ts";
import { needsNodeVersion, nodeFlags } from "../runners/node_flags.ts";
import type { Project } from "../runners/project.ts";
import { ProjectFinder } from "../runners/project_finder.ts";
import { importRootOf, type RunnerCommand, runnerCommand } from "../runners/runner_command.ts";
import type { RunnerName } from "../runners/runner_names.ts";
import { HEAD_BYTES } from "../runners/told_by_imports.ts";
import type { FoundFile } from "./find_files.ts";
import { pathBelow } from "./path_below.ts";
import { isDenoTestName, testNameKind } from "./is_test_name.ts";

/** How a file is run; nothing when it is no test after all; or why it cannot be run, as the rest of a sentence. */
export type FileRunner =
  | { readonly kind: "runs"; readonly runner: RunnerName; readonly command: RunnerCommand }
  | { readonly kind: "no-test" }
  | { readonly kind: "problem"; readonly problem: string };

const SCRIPT = /\.[cm]?[jt]s$|\.[jt]sx$/;
const WINDOWS_PROGRAM = /\.(?:exe|bat|cmd)$/i;
const NODE_TIMEOUT_MS = 10_000;

/** Finds out how files are run, by their names, their projects and what stands in them. */
export class FileRunners {
  readonly #runtime: Runtime;
  readonly #cwd: string;
  readonly #projects: ProjectFinder;
  #nodeVersion: Promise<string | undefined> | undefined;

  /**
   * @param runtime the host
   * @param cwd absolute path of the run's working directory
   */
  constructor(runtime: Runtime, cwd: string) {
    this.#runtime = runtime;
    this.#cwd = cwd;
    this.#projects = new ProjectFinder(runtime.files);
  }

  /**
   * How one file is run.
   *
   * @param found the file
   * @param wanted the runner that was asked for; undefined for the one that fits
   */
  async of(found: FoundFile, wanted: RunnerName | undefined): Promise<FileRunner> {
    const runner = wanted ?? this.#choose(found);
    if (runner === undefined) {
      return found.how !== "named" ? { kind: "no-test" } : {
        kind: "problem",
        problem:
          "it is neither executable nor a script of a known kind; make it executable, name a runner with --runner, or give the command after --",
      };
    }
    const name = basename(found.file);
    const project = SCRIPT.test(name)
      ? this.#projects.scripts(dirname(found.absolutePath), this.#cwd)
      : undefined;
    const isByChance = wanted === undefined && (found.how === "folder" || found.how === "wildcard");
    if (isByChance && runner === "deno-test" && !isTakenByDeno(found.absolutePath, project)) {
      return { kind: "no-test" };
    }
    if (isByChance && runner === "pytest" && !this.#isTakenByPytest(found)) return { kind: "no-test" };
    const flags = await this.#nodeFlags(runner, name, project);
    if ("problem" in flags) {
      // Deno runs what was written for node:test as it is; only a package says that it must be Node.
      if (wanted !== undefined || project?.packageJson !== undefined) {
        return { kind: "problem", problem: flags.problem };
      }
      return { kind: "runs", runner: "deno-test", command: this.#command(found, "deno-test", project, []) };
    }
    return { kind: "runs", runner, command: this.#command(found, runner, project, flags.flags) };
  }

  #choose({ absolutePath, file, mode, how }: FoundFile): RunnerName | undefined {
    const name = basename(file);
    const kind = testNameKind(name);
    const isProgram = this.#runtime.os === "windows" ? WINDOWS_PROGRAM.test(name) : (mode & 0o111) !== 0;
    const head = (): string => this.#runtime.files.readText(absolutePath, HEAD_BYTES) ?? "";
    const folder = dirname(absolutePath);
    const isMeant = !isProgram && (how === "named" || how === "glob");
    if (kind === "script" || isMeant && SCRIPT.test(name)) {
      return chooseScriptRunner({
        head,
        project: this.#projects.scripts(folder, this.#cwd),
        isTest: kind === "script",
      });
    }
    if (kind === "python" || isMeant && name.endsWith(".py")) {
      return choosePythonRunner(head(), this.#projects.python(folder, this.#cwd), kind === "python");
    }
    if (isProgram) return "executable";
    const project = SCRIPT.test(name) ? this.#projects.scripts(folder, this.#cwd) : undefined;
    if (project?.packageJson?.hasNodeFindTests !== true) return undefined;
    if (!isNodeTestFile(pathBelow(project.folder, absolutePath) ?? "")) return undefined;
    const runner = chooseScriptRunner({ head, project, isTest: true });
    return runner === "node-test" ? runner : undefined;
  }

  /** Whether pytest would run a file that is found when all of its project is looked through. */
  #isTakenByPytest({ absolutePath, root }: FoundFile): boolean {
    const { folder, isInTestPaths } = this.#projects.python(dirname(absolutePath), this.#cwd);
    const isWholeProject = root !== undefined && pathBelow(root, folder) !== undefined;
    const path = pathBelow(folder, absolutePath);
    return !isWholeProject || path === undefined || isInTestPaths(path);
  }

  #command(
    { absolutePath }: FoundFile,
    runner: RunnerName,
    project: Project | undefined,
    flags: readonly string[],
  ): RunnerCommand {
    const { files } = this.#runtime;
    const folder = dirname(absolutePath);
    return runnerCommand({
      runner,
      absolutePath,
      cwd: this.#cwd,
      project,
      python: () => this.#projects.python(folder, this.#cwd),
      packageProgram: (name) => this.#projects.packageProgram(folder, name),
      importRoot: () => importRootOf(absolutePath, (at) => files.stat(join(at, "__init__.py")) !== undefined),
      pythonPath: this.#runtime.getEnv("PYTHONPATH"),
      nodeFlags: flags,
      os: this.#runtime.os,
    });
  }

  async #nodeFlags(
    runner: RunnerName,
    name: string,
    project: Project | undefined,
  ): Promise<ReturnType<typeof nodeFlags>> {
    if (runner !== "node" && runner !== "node-test") return { flags: [] };
    const hasTsx = project?.packageJson?.hasTsx ?? false;
    const version = needsNodeVersion(name, hasTsx) ? await this.#askNode() : undefined;
    return nodeFlags(name, version, hasTsx);
  }

  #askNode(): Promise<string | undefined> {
    this.#nodeVersion ??= runTool(this.#runtime, {
      program: "node",
      args: ["--version"],
      timeoutMs: NODE_TIMEOUT_MS,
    }).then(({ stdout }) => /^v(\d+\.\d+\.\d+)/.exec(stdout)?.[1]);
    return this.#nodeVersion;
  }
}

/** Whether `deno test` would run a file that it finds in a folder. */
function isTakenByDeno(absolutePath: string, project: Project | undefined): boolean {
  if (!isDenoTestName(basename(absolutePath))) return false;
  return project?.deno?.isExcluded(absolutePath) !== true;
}
