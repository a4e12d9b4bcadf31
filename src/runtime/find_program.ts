import type { Files, SpawnCommand } from "./port.ts";

/** Where a program is. */
export type FoundProgram =
  | { readonly kind: "found"; readonly path: string }
  /** Something has the name, but it is a directory or nobody may execute it. */
  | { readonly kind: "not-executable"; readonly path: string }
  | { readonly kind: "not-found" };

/** Where to look for a program. */
export interface FindProgramOptions {
  /** The `PATH` of the process that is to run it; the system's default when undefined. */
  readonly searchPath: string | undefined;
  /** Working directory of that process; the caller's when undefined. */
  readonly cwd?: string | undefined;
}

/** What execvp(3) takes where there is no `PATH`. */
const DEFAULT_SEARCH_PATH = "/bin:/usr/bin";

/**
 * Looks a program up as execvp(3) does on Unix.
 *
 * @param files the host's files
 * @param program a name, or a path when it contains a slash
 * @returns where it is; a relative path is relative to the process's working directory
 */
export function findProgram(
  files: Files,
  program: string,
  { searchPath = DEFAULT_SEARCH_PATH, cwd = "." }: FindProgramOptions,
): FoundProgram {
  let unusable: FoundProgram = { kind: "not-found" };
  for (const path of candidates(program, searchPath)) {
    const stat = files.stat(path.startsWith("/") ? path : `${cwd}/${path}`);
    if (stat?.kind === "file" && (stat.mode & 0o111) !== 0) return { kind: "found", path };
    if (stat !== undefined && unusable.kind === "not-found") unusable = { kind: "not-executable", path };
  }
  return unusable;
}

/**
 * What to ask the host to start. For an environment without `PATH`, Deno and Bun would look in their own, where
 * execvp(3) takes the system's default.
 *
 * @param files the host's files
 * @param command what is to be started
 * @returns the program as given, or its path when the host would look in the wrong place
 */
export function programToStart(files: Files, { program, env, cwd }: SpawnCommand): string {
  if (env === undefined || env["PATH"] !== undefined || program === "" || program.includes("/")) {
    return program;
  }
  const found = findProgram(files, program, { searchPath: undefined, cwd });
  return found.kind === "found" ? found.path : `/bin/${program}`;
}

function candidates(program: string, searchPath: string): string[] {
  if (program === "") return [];
  if (program.includes("/")) return [program];
  return searchPath.split(":").map((directory) => `${directory === "" ? "." : directory}/${program}`);
}
