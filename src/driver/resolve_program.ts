import { type Runtime, SpawnError } from "../runtime/port.ts";

/** Where to look for a program. */
export interface ResolveOptions {
  /** The child's `PATH`. */
  readonly path: string | undefined;
  /** The child's working directory. */
  readonly cwd: string;
}

/** What execvp(3) uses without a `PATH`. */
const DEFAULT_PATH = "/usr/local/bin:/usr/bin:/bin";

/**
 * Finds the file that execvp(3) would execute, for commands that are started through a shell and would otherwise fail
 * with the shell's message.
 *
 * @param runtime the host
 * @param program a path, or a name to look up
 * @param options where to look
 * @returns the path to execute
 * @throws {SpawnError} "not-found" or "not-executable"
 */
export function resolveProgram(runtime: Runtime, program: string, options: ResolveOptions): string {
  const candidates = program.includes("/")
    ? [program]
    : (options.path ?? DEFAULT_PATH).split(":").map((folder) => `${folder === "" ? "." : folder}/${program}`);
  let refused: string | undefined;
  for (const candidate of candidates) {
    const file = runtime.files.stat(candidate.startsWith("/") ? candidate : `${options.cwd}/${candidate}`);
    if (file === undefined) continue;
    if (file.kind === "file" && (file.mode & 0o111) !== 0) return candidate;
    refused ??= candidate;
  }
  if (refused !== undefined) {
    throw new SpawnError("not-executable", `Cannot run "${program}": ${refused} is not an executable file`);
  }
  const where = program.includes("/") ? "there is no such file" : "no directory in PATH has it";
  throw new SpawnError("not-found", `Cannot run "${program}": ${where}`);
}
