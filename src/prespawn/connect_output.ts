import { findProgram } from "../runtime/find_program.ts";
import type { Runtime, SpawnCommand } from "../runtime/port.ts";
import type { RunnerOutput } from "./warm_start.ts";

/** A command whose output goes nowhere yet. */
export type UnconnectedCommand = Omit<SpawnCommand, "stdout" | "stderr">;

/**
 * Connects the output of a runner: by itself, or by a shell that becomes the program, whose pid it so has.
 *
 * @param runtime the host
 * @param command what to start
 * @param output where both streams go; the file of a log is created, with mode 0600
 * @returns what to spawn
 * @throws {HostError} when the log cannot be created
 */
export function connectOutput(
  runtime: Runtime,
  command: UnconnectedCommand,
  output: RunnerOutput,
): SpawnCommand {
  if (output.kind === "log") {
    runtime.files.openAppend(output.path).close();
    const script = 'log=$1; shift; exec "$@" >>"$log" 2>&1';
    return { ...throughShell(runtime, command, script, output.path), stdout: "null", stderr: "null" };
  }
  const target = output.kind === "piped" ? "piped" : "inherit";
  if (!output.mergeStderr) return { ...command, stdout: target, stderr: target };
  return { ...throughShell(runtime, command, 'exec "$@" 2>&1'), stdout: target, stderr: "null" };
}

function throughShell(
  runtime: Runtime,
  command: UnconnectedCommand,
  script: string,
  ...first: string[]
): UnconnectedCommand {
  const { program, cwd, env, args } = command;
  const found = findProgram(runtime.files, program, { searchPath: env?.PATH, cwd });
  const path = found.kind === "found" ? found.path : program;
  const file = path.includes("/") ? path : `./${path}`;
  return { ...command, program: "/bin/sh", args: ["-c", script, "sh", ...first, file, ...args] };
}
