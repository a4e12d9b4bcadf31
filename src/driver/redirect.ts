import { findProgram } from "../runtime/find_program.ts";
import type { Runtime, SpawnCommand } from "../runtime/port.ts";
import { spawnFailure } from "../runtime/spawn_failure.ts";
import type { OutputTarget } from "./driver_options.ts";

/**
 * Connects the output of a command. A shell that becomes the command (`exec`, so the pid stays) opens the log, or makes
 * one pipe of both streams when the caller's are one: the kernel then moves the bytes, in their order, at its own speed.
 *
 * @param runtime the host
 * @param command what to spawn, its streams not yet connected
 * @param output where the output is to go
 * @returns what to spawn instead
 * @throws {SpawnError} when a shell is needed and the program cannot be found
 */
export function connectOutput(
  runtime: Runtime,
  command: Omit<SpawnCommand, "stdout" | "stderr">,
  output: OutputTarget,
): SpawnCommand {
  switch (output.kind) {
    case "inherit":
      return { ...command, stdout: "inherit", stderr: "inherit" };
    case "forward":
      if (!sameStream(runtime)) return { ...command, stdout: "piped", stderr: "piped" };
      return { ...throughShell(runtime, command, 'exec "$@" 2>&1'), stdout: "piped", stderr: "null" };
    case "log":
      return {
        ...throughShell(
          runtime,
          command,
          'log=$1; shift; exec "$@" >>"$log" 2>&1',
          // The shell is in the command's directory already.
          output.path.startsWith("/") ? output.path : `${runtime.cwd()}/${output.path}`,
        ),
        stdout: "null",
        stderr: "null",
      };
  }
}

function throughShell(
  runtime: Runtime,
  command: Omit<SpawnCommand, "stdout" | "stderr">,
  script: string,
  ...first: string[]
): Omit<SpawnCommand, "stdout" | "stderr"> {
  const searchPath = command.env === undefined ? runtime.getEnv("PATH") : command.env.PATH;
  // Looked up here, since a shell would answer with a message of its own and exit code 127.
  const found = findProgram(runtime.files, command.program, { searchPath, cwd: command.cwd });
  if (found.kind !== "found") {
    throw spawnFailure({ ...command, stdout: "null", stderr: "null" }, {
      files: runtime.files,
      ownPath: searchPath,
    });
  }
  const file = found.path.includes("/") ? found.path : `./${found.path}`;
  return { ...command, program: "/bin/sh", args: ["-c", script, "sh", ...first, file, ...command.args] };
}

/** Whether prekill's own stdout and stderr are one pipe, as with `2>&1 |`. */
function sameStream(runtime: Runtime): boolean {
  const target = runtime.files.readLink("/proc/self/fd/1");
  return target !== undefined && target.startsWith("pipe:") &&
    target === runtime.files.readLink("/proc/self/fd/2");
}
