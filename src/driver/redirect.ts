import type { Runtime, StdioTarget } from "../runtime/port.ts";
import type { OutputTarget } from "./driver_options.ts";
import { resolveProgram } from "./resolve_program.ts";

/** How the streams of a command are connected. */
export interface Connection {
  readonly program: string;
  readonly args: readonly string[];
  readonly stdout: StdioTarget;
  readonly stderr: StdioTarget;
}

/**
 * Connects the output of a command. A shell that becomes the command (`exec`, so the pid stays) opens the log, or makes
 * one pipe of both streams when the caller's are one: the kernel then moves the bytes, in their order, at its own speed.
 *
 * @param runtime the host
 * @param command program and arguments
 * @param output where the output is to go
 * @param place the child's working directory and `PATH`
 * @returns what to spawn
 * @throws {SpawnError} when the program cannot be found
 */
export function connectOutput(
  runtime: Runtime,
  command: readonly [string, ...string[]],
  output: OutputTarget,
  place: { readonly cwd: string; readonly path: string | undefined },
): Connection {
  const [program, ...args] = command;
  const throughShell = (script: string, ...first: string[]): readonly string[] => {
    const file = resolveProgram(runtime, program, place);
    return ["-c", script, "sh", ...first, file.includes("/") ? file : `./${file}`, ...args];
  };
  switch (output.kind) {
    case "inherit":
      return { program, args, stdout: "inherit", stderr: "inherit" };
    case "forward":
      if (!sameStream(runtime)) return { program, args, stdout: "piped", stderr: "piped" };
      return { program: "/bin/sh", args: throughShell('exec "$@" 2>&1'), stdout: "piped", stderr: "null" };
    case "log":
      return {
        program: "/bin/sh",
        args: throughShell('log=$1; shift; exec "$@" >>"$log" 2>&1', output.path),
        stdout: "null",
        stderr: "null",
      };
  }
}

/** Whether prekill's own stdout and stderr are one pipe, as with `2>&1 |`. */
function sameStream(runtime: Runtime): boolean {
  const target = runtime.files.readLink("/proc/self/fd/1");
  return target !== undefined && target.startsWith("pipe:") && target === runtime.files.readLink("/proc/self/fd/2");
}

