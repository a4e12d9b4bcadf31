import type { Files } from "../../runtime/port.ts";
import { parseJsonc } from "../../std/jsonc.ts";
import { dirname, join } from "../../std/path.ts";
import { globToRegExp } from "../../std/glob.ts";
import { pathBelow } from "../discovery/path_below.ts";
import { denoExcludes } from "./deno_excludes.ts";
import { denoFlags } from "./deno_flags.ts";
import type { DenoFacts, Project, PythonProject } from "./project.ts";
import { PYTEST_FILES, pytestPaths } from "./pytest_paths.ts";
import { readPackage } from "./read_package.ts";
import { workspaceHas } from "./workspace_has.ts";

const MAX_BYTES = 1024 * 1024;
const MAX_DEPTH = 100;
const BUN_LOCKS = ["bun.lock", "bun.lockb"];
const DENO_CONFIGS = ["deno.json", "deno.jsonc"];
const PYTHON_ROOTS = [...PYTEST_FILES, "setup.py"];
const PYTHONS = [
  ".venv/bin/python",
  "venv/bin/python",
  ".venv/Scripts/python.exe",
  "venv/Scripts/python.exe",
];

/** A `deno.json`, and the folder that it is in. */
interface DenoConfig {
  readonly folder: string;
  readonly json: unknown;
}

/** Finds the projects that tests belong to; each folder is looked at once. */
export class ProjectFinder {
  readonly #files: Files;
  readonly #names = new Map<string, ReadonlySet<string>>();
  readonly #projects = new Map<string, Project | undefined>();
  readonly #denoConfigs = new Map<string, DenoConfig | undefined>();
  readonly #pythons = new Map<string, PythonProject>();

  /** @param files the host's files */
  constructor(files: Files) {
    this.#files = files;
  }

  /**
   * The project of scripts: the nearest folder with a `deno.json` or `package.json`.
   *
   * @param folder absolute path of the folder of the test
   * @param cwd absolute path of the run's working directory
   * @returns the project; undefined when there is none up to the root
   */
  scripts(folder: string, cwd: string): Project | undefined {
    if (this.#projects.has(folder)) return this.#projects.get(folder);
    const found = this.#upward(folder, (at) => this.#projectAt(at, cwd));
    this.#projects.set(folder, found);
    return found;
  }

  /**
   * The project of a Python module: the nearest folder with a `pyproject.toml`, `pytest.ini`, `setup.cfg`, `setup.py` or
   * `tox.ini`.
   *
   * @param folder absolute path of the folder of the test
   * @param cwd absolute path of the run's working directory, which is the project when there is none
   */
  python(folder: string, cwd: string): PythonProject {
    const known = this.#pythons.get(folder);
    if (known !== undefined) return known;
    const root = this.#upward(folder, (at) => this.#has(at, PYTHON_ROOTS) ? at : undefined) ?? cwd;
    const hasConftest = this.#upward(
      folder,
      (at) => this.#has(at, ["conftest.py"]) ? true : at === root ? false : undefined,
    );
    const testPaths = this.#pytestPaths(root);
    const found: PythonProject = {
      folder: root,
      usesPytest: hasConftest === true || testPaths !== undefined ||
        this.#has(root, ["pytest.ini", ".pytest.ini"]),
      isInTestPaths: pathsMatcher(testPaths ?? []),
      python: PYTHONS.map((name) => join(root, name)).find((path) => this.#files.stat(path)?.kind === "file"),
    };
    this.#pythons.set(folder, found);
    return found;
  }

  /** Absolute path of a program of the package's dependencies, in its folder or above; undefined when not installed. */
  packageProgram(folder: string, name: string): string | undefined {
    return this.#upward(folder, (at) => {
      const path = join(at, "node_modules", ".bin", name);
      return this.#files.stat(path)?.kind === "file" ? path : undefined;
    });
  }

  #projectAt(folder: string, cwd: string): Project | undefined {
    const own = this.#denoConfig(folder);
    const hasPackage = this.#has(folder, ["package.json"]);
    if (own === undefined && !hasPackage) return undefined;
    const isBun = (): boolean => this.#upward(folder, (at) => this.#has(at, BUN_LOCKS) || undefined) ?? false;
    const root = own === undefined ? undefined : this.#workspaceOf(folder);
    const isRunInMember = pathBelow(folder, cwd) !== undefined;
    return {
      folder: isRunInMember ? folder : root?.folder ?? folder,
      deno: own === undefined ? undefined : denoFacts(own, root, isRunInMember),
      packageJson: hasPackage
        ? readPackage(this.#read(join(folder, "package.json")), this.#namesIn(folder), isBun())
        : undefined,
    };
  }

  /** The root of the workspace that a folder is a member of. */
  #workspaceOf(folder: string): DenoConfig | undefined {
    return this.#upward(dirname(folder), (at) => {
      const config = this.#denoConfig(at);
      return workspaceHas(config?.json, pathBelow(at, folder)!) ? config : undefined;
    });
  }

  #denoConfig(folder: string): DenoConfig | undefined {
    if (this.#denoConfigs.has(folder)) return this.#denoConfigs.get(folder);
    const name = DENO_CONFIGS.find((name) => this.#has(folder, [name]));
    const config = name === undefined ? undefined : { folder, json: this.#readJsonc(join(folder, name)) };
    this.#denoConfigs.set(folder, config);
    return config;
  }

  /** Where pytest looks in a project; undefined when none of its files is meant for pytest. */
  #pytestPaths(folder: string): readonly string[] | undefined {
    for (const name of PYTEST_FILES) {
      const paths = this.#has(folder, [name]) ? pytestPaths(name, this.#read(join(folder, name))) : undefined;
      if (paths !== undefined) return paths;
    }
    return undefined;
  }

  #readJsonc(path: string): unknown {
    try {
      return parseJsonc(this.#read(path));
    } catch {
      return undefined;
    }
  }

  #read(path: string): string {
    return this.#files.readText(path, MAX_BYTES) ?? "";
  }

  #has(folder: string, names: readonly string[]): boolean {
    const there = this.#namesIn(folder);
    return names.some((name) => there.has(name));
  }

  #namesIn(folder: string): ReadonlySet<string> {
    let names = this.#names.get(folder);
    if (names === undefined) this.#names.set(folder, names = new Set(this.#files.list(folder)));
    return names;
  }

  #upward<T>(folder: string, look: (folder: string) => T | undefined): T | undefined {
    let at = folder;
    for (let depth = 0; depth < MAX_DEPTH; depth++) {
      const found = look(at);
      if (found !== undefined) return found;
      const parent = dirname(at);
      if (parent === at) return undefined;
      at = parent;
    }
    return undefined;
  }
}

/** What counts is what stands where the run was started, then what stands in the other folder. */
function denoFacts(own: DenoConfig, root: DenoConfig | undefined, isRunInMember: boolean): DenoFacts {
  const configs = root === undefined ? [own] : isRunInMember ? [own, root] : [root, own];
  const excludes = configs.map(({ folder, json }) => ({ folder, isExcluded: denoExcludes(json) }));
  return {
    flags: denoFlags(...configs.map(({ json }) => json)),
    isExcluded: (path) =>
      excludes.some(({ folder, isExcluded }) => {
        const below = pathBelow(folder, path);
        return below !== undefined && isExcluded(below);
      }),
  };
}

function pathsMatcher(paths: readonly string[]): (path: string) => boolean {
  const names = paths.map((path) => path.replace(/^(?:\.\/)+/, "").replace(/\/+$/, ""));
  if (names.length === 0 || names.includes(".") || names.includes("")) return () => true;
  const globs = names.flatMap((name) => [globToRegExp(name), globToRegExp(`${name}/**`)]);
  return (path) => globs.some((glob) => glob.test(path));
}
