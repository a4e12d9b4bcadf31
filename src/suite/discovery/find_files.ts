import type { Files } from "../../runtime/port.ts";
import { globToRegExp } from "../../std/glob.ts";
import { resolve } from "../../std/path.ts";
import { visibleText } from "../../visible_text.ts";
import { isNodeTestFile } from "../runners/node_test_files.ts";
import { pathBelow } from "./path_below.ts";
import { type SplitGlob, splitGlob } from "./split_glob.ts";
import { testNameKind } from "./is_test_name.ts";
import { walkFolder } from "./walk_folder.ts";

/** A file that may be a test. */
export interface FoundFile {
  /** As it was given or found. */
  readonly file: string;
  readonly absolutePath: string;
  /** Permission bits; 0 for a name that is not looked at. */
  readonly mode: number;
  /**
   * `named`: by its own path. `glob`: by a glob for its kind, such as `*.ts`. `wildcard`: by a glob that ends in `*` or `**`,
   * which takes tests and whatever else lies there. `folder`: it is called like a test, or lies where Node looks for tests.
   */
  readonly how: "named" | "glob" | "wildcard" | "folder";
  /** Absolute path of the folder that was looked through for it; undefined when it was named. */
  readonly root?: string | undefined;
}

/** Where to look. */
export interface FindFilesOptions {
  /** Files, folders and globs. */
  readonly paths: readonly string[];
  /** Names that are taken as they are: globs and folders among them are not looked into. */
  readonly listed: readonly string[];
  /** Whether what is listed need not be there. */
  readonly listedAreNames: boolean;
  /** Absolute path of the run's working directory. */
  readonly cwd: string;
  isExcluded(path: string): boolean;
}

/** What was found. */
export interface FoundFiles {
  /** Each once, in the order in which they were named. */
  readonly files: readonly FoundFile[];
  /** Why the run must not start: sentences about what was named. */
  readonly problems: readonly string[];
  /** What could not be looked at: sentences. */
  readonly warnings: readonly string[];
}

const MAX_FILES = 1_000_000;

/**
 * Finds the files that a command line names.
 *
 * @param files the host's files
 * @param options where to look
 * @returns what was found
 */
export function findFiles(files: Files, options: FindFilesOptions): FoundFiles {
  const finder = new FileFinder(files, options);
  for (const path of options.paths) finder.addPath(path);
  for (const name of options.listed) {
    if (options.listedAreNames) finder.add({ file: name, mode: 0, how: "named" });
    else finder.addFile(name);
  }
  return { files: [...finder.found.values()], problems: finder.problems, warnings: finder.warnings };
}

class FileFinder {
  /** By absolute path. */
  readonly found = new Map<string, FoundFile>();
  readonly problems: string[] = [];
  readonly warnings: string[] = [];
  readonly #files: Files;
  readonly #options: FindFilesOptions;

  constructor(files: Files, options: FindFilesOptions) {
    this.#files = files;
    this.#options = options;
  }

  addPath(path: string): void {
    // An unset variable of a script; it does not mean everything.
    if (path === "") return this.addFile(path);
    const stat = this.#files.stat(this.#absolute(path));
    if (stat?.kind === "directory") return this.#addFolder(path);
    const glob = stat === undefined ? splitGlob(path) : undefined;
    if (glob === undefined) return this.addFile(path);
    this.#addGlob(glob);
  }

  addFile(path: string): void {
    const absolutePath = this.#absolute(path);
    const stat = path === "" ? undefined : this.#files.stat(absolutePath);
    if (stat?.kind === "file") return this.add({ file: path, mode: stat.mode, how: "named" });
    const shown = visibleText(path);
    if (stat?.kind === "directory") {
      this.problems.push(`Cannot run "${shown}": it is a folder; list the files in it`);
    } else if (stat !== undefined) {
      this.problems.push(`Cannot run "${shown}": it is not a regular file`);
    } else {
      const why = path === "" ? "the name is empty" : this.#whyUnreadable(absolutePath);
      this.problems.push(`Cannot find "${shown}": ${why}; name a file, a folder or a glob`);
    }
  }

  add(file: Omit<FoundFile, "absolutePath">): void {
    const absolutePath = this.#absolute(file.file);
    if (!this.found.has(absolutePath)) this.found.set(absolutePath, { ...file, absolutePath });
  }

  #addFolder(folder: string): void {
    const root = this.#absolute(folder);
    const shownRoot = root === this.#options.cwd ? "" : folder;
    const isWanted = (name: string, path: string): boolean =>
      testNameKind(name) !== undefined || isNodeTestFile(path);
    this.#walk({ root, shownRoot, isWanted, how: "folder" });
  }

  #addGlob({ base, pattern }: SplitGlob): void {
    const root = this.#absolute(base);
    if (this.#files.stat(root)?.kind !== "directory") return;
    const expression = globToRegExp(pattern);
    const isWanted = (_name: string, path: string): boolean => expression.test(pathBelow(root, path) ?? "");
    const how = /(?:^|\/)\*+$/.test(pattern) ? "wildcard" : "glob";
    this.#walk({ root, shownRoot: base, isWanted, how });
  }

  /** What is found is shown as the user wrote the root, with the rest of the path. */
  #walk({ root, shownRoot, isWanted, how }: {
    root: string;
    shownRoot: string;
    isWanted(name: string, path: string): boolean;
    how: FoundFile["how"];
  }): void {
    const prefix = shownRoot === "" ? "" : shownRoot.endsWith("/") ? shownRoot : `${shownRoot}/`;
    walkFolder(this.#files, root, {
      isWanted,
      isExcluded: (path) => this.#options.isExcluded(path),
      isFull: () => this.found.size >= MAX_FILES,
      onFile: (path, mode) =>
        this.add({ file: `${prefix}${pathBelow(root, path) ?? path}`, mode, how, root }),
      onUnreadable: (path) => {
        const why = this.#whyUnreadable(path);
        this.warnings.push(`Cannot look at "${visibleText(path)}": ${why}; what is there is not run`);
      },
    });
  }

  #whyUnreadable(path: string): string {
    // What the host could not decode it cannot find again.
    return path.includes("\ufffd") ? "its name is not UTF-8" : this.#files.explainUnreadable(path);
  }

  #absolute(path: string): string {
    const { cwd } = this.#options;
    // The common cases, without taking the path apart.
    if (path.startsWith("/") && !/\/\.{0,2}(?:\/|$)/.test(path)) return path;
    return resolve(cwd, path);
  }
}
