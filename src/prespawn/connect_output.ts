import { findProgram } from "../runtime/find_program.ts";
import type { Runtime, SpawnCommand } from "../runtime/port.ts";
import { INTO_LOG, INTO_ONE_STREAM, throughShell } from "../runtime/through_shell.ts";
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
    const connected = throughShell(command, pathOf(runtime, command), INTO_LOG, output.path);
    return { ...connected, stdout: "null", stderr: "null" };
  }
  const target = output.kind === "piped" ? "piped" : "inherit";
  if (!output.mergeStderr) return { ...command, stdout: target, stderr: target };
  const connected = throughShell(command, pathOf(runtime, command), INTO_ONE_STREAM);
  return { ...connected, stdout: target, stderr: "null" };
}

/** The shell says what is wrong with a program that is not there. */
function pathOf(runtime: Runtime, { program, cwd, env }: UnconnectedCommand): string {
  const found = findProgram(runtime.files, program, { searchPath: env?.PATH, cwd });
  return found.kind === "found" ? found.path : program;
}
