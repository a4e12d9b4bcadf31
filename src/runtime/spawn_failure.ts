import { errorCode, errorWords } from "./error_words.ts";
import { findProgram } from "./find_program.ts";
import type { Files, SpawnCommand } from "./port.ts";
import { SpawnError } from "./port.ts";

/** What is known when a command could not be started. */
export interface SpawnFailureOptions {
  readonly files: Files;
  /** The caller's own `PATH`, for a command without an environment of its own. */
  readonly ownPath: string | undefined;
  /** What the host threw; undefined when it does not tell. */
  readonly error?: unknown;
}

const NOT_EXECUTABLE: Readonly<Record<string, string>> = {
  EACCES: "permission denied",
  ELOOP: "too many symbolic links",
  ENAMETOOLONG: "the name is too long",
  ENOEXEC: "the file has no format that this system executes",
  EPERM: "permission denied",
  ETXTBSY: "the file is open for writing",
};

const HOST_LIMITS: Readonly<Record<string, string>> = {
  EAGAIN: "the limit of processes is reached; end some or raise it (ulimit -u)",
  EMFILE: "the limit of open files is reached; raise it (ulimit -n)",
  ENFILE: "this machine has too many open files; close some",
  ENOMEM: "there is not enough memory; end other programs",
};

/**
 * Finds out why a command could not be started. Hosts tell a missing working directory, a missing interpreter and a
 * missing program with the same words, or with none: the files are looked at.
 *
 * @param command what was to be started
 * @param options what is known
 * @returns the error to throw
 */
export function spawnFailure(command: SpawnCommand, options: SpawnFailureOptions): SpawnError {
  const name = JSON.stringify(command.program).slice(1, -1);
  const fail = (reason: SpawnError["reason"], why: string): SpawnError =>
    new SpawnError(reason, `Cannot start the command "${name}": ${why}`);
  const { files, error } = options;
  const code = errorCode(error);
  if (code === "E2BIG") {
    return fail("other", "arguments and environment are too long together; pass them in a file");
  }
  const limit = HOST_LIMITS[code];
  if (limit !== undefined) return fail("exhausted", limit);
  const cwdProblem = command.cwd === undefined ? undefined : explainDirectory(files, command.cwd);
  if (cwdProblem !== undefined) return fail("bad-cwd", cwdProblem);
  if (command.program === "") return fail("not-found", "its name is empty");
  if (hasNul(command)) {
    return fail("other", "a program, an argument or an environment value contains a NUL byte");
  }

  const searchPath = command.env === undefined ? options.ownPath : command.env["PATH"];
  const found = findProgram(files, command.program, { searchPath, cwd: command.cwd });
  if (found.kind === "not-executable") {
    const kind = files.stat(resolve(found.path, command.cwd))?.kind;
    if (kind === "directory") return fail("not-executable", "it is a directory");
    return fail("not-executable", `the file ${found.path} is not executable; make it so with chmod +x`);
  }
  const words = NOT_EXECUTABLE[code];
  if (words !== undefined) return fail("not-executable", words);
  if (found.kind === "not-found") {
    if (code !== "" && code !== "ENOENT" && code !== "ENOTDIR") return fail("other", errorWords(error));
    return fail(
      "not-found",
      command.program.includes("/") ? "there is no such file" : "there is no such program in PATH",
    );
  }
  const interpreter = /^#!\s*(\S+)/.exec(files.readText(resolve(found.path, command.cwd), 256) ?? "")?.[1];
  if (interpreter !== undefined && files.stat(resolve(interpreter, command.cwd)) === undefined) {
    return fail("not-found", `its interpreter ${interpreter} does not exist`);
  }
  if (code === "ENOENT") {
    return fail("not-found", "the loader that it asks for does not exist on this system");
  }
  if (error !== undefined) return fail("other", errorWords(error));
  return fail(
    "other",
    "its loader is missing, or the limit of processes or open files is reached (ulimit -a)",
  );
}

function explainDirectory(files: Files, path: string): string | undefined {
  const named = `the working directory "${path}"`;
  const kind = files.stat(path)?.kind;
  if (kind === undefined) return `${named} ${files.explainUnreadable(path)}`;
  if (kind !== "directory") return `${named} is not a directory`;
  // Entering needs the x permission, and so does this.
  return files.stat(`${path}/.`) === undefined ? `${named} may not be entered: permission denied` : undefined;
}

function hasNul(command: SpawnCommand): boolean {
  const texts = [command.program, ...command.args, ...Object.entries(command.env ?? {}).flat()];
  return texts.some((text) => text.includes("\0"));
}

function resolve(path: string, cwd = "."): string {
  return path.startsWith("/") ? path : `${cwd}/${path}`;
}
