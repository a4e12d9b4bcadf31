import { findProgram } from "../runtime/find_program.ts";
import type { Child, FileSpawnCommand, Runtime, SpawnCommand } from "../runtime/port.ts";
import { spawnFailure } from "../runtime/spawn_failure.ts";
import { INTO_LOG, INTO_ONE_STREAM, throughShell } from "../runtime/through_shell.ts";
import { withCookie } from "./cookie.ts";
import type { DriverOptions, OutputTarget } from "./driver_options.ts";

/** A command whose output goes nowhere yet. */
type UnconnectedCommand = Omit<FileSpawnCommand, "outputPath">;

/**
 * What to start for an attempt, its output not yet connected.
 *
 * @param runtime the host
 * @param options of the driver
 * @param cookie its `PREKILL_ID`
 */
function commandOf(runtime: Runtime, options: DriverOptions, cookie: string): UnconnectedCommand {
  const [program, ...args] = options.command;
  return {
    program,
    args,
    cwd: options.cwd,
    env: withCookie(options.env ?? runtime.environment(), cookie),
    newSession: options.newSession ?? true,
    stdin: options.stdin ?? "inherit",
  };
}

/** What goes with a start into a log. */
export interface LogStartOptions {
  /** The `PREKILL_ID` of the attempt. */
  readonly cookie: string;
  /** Path of the log. */
  readonly logPath: string;
  /** Ends the waiting for a process that has been started beforehand. */
  readonly signal: AbortSignal;
}

/**
 * Starts a command whose output goes to a log: by the driver's spawner, or without a shell, where the host has a way to do
 * so.
 *
 * @param runtime the host
 * @param options of the driver, whose output is a log
 * @param start what goes with it
 * @returns the child; undefined when `startConnected` has to try, which also tells what is wrong
 */
export async function startIntoLog(
  runtime: Runtime,
  options: DriverOptions,
  { cookie, logPath, signal }: LogStartOptions,
): Promise<Child | undefined> {
  const { env, stdin, ...command } = commandOf(runtime, options, cookie);
  const outputPath = absolutePath(runtime, logPath);
  const warm = await options.spawner?.({ ...command, env, stdin, outputPath }, signal);
  if (warm !== undefined || signal.aborted) return warm;
  const program = pathOf(runtime, command, env.PATH);
  if (program === undefined) return undefined;
  return await runtime.spawnIntoFile({ ...command, program, env, stdin, outputPath });
}

/** A path need not be looked up: the start itself finds out whether something is there. */
function pathOf(
  { files }: Runtime,
  { program, cwd }: Pick<FileSpawnCommand, "program" | "cwd">,
  searchPath: string | undefined,
): string | undefined {
  if (program.includes("/")) return program;
  const found = findProgram(files, program, { searchPath, cwd });
  if (found.kind !== "found") return undefined;
  return found.path.includes("/") ? found.path : `./${found.path}`;
}

/**
 * Starts a command with its output connected.
 *
 * @param runtime the host
 * @param options of the driver
 * @param cookie its `PREKILL_ID`
 * @returns the child
 * @throws {SpawnError} when the command cannot be started
 * @throws {HostError} when the log cannot be created
 */
export function startConnected(runtime: Runtime, options: DriverOptions, cookie: string): Child {
  const { output = { kind: "inherit" } } = options;
  // Created here, so that it has mode 0600 and a full disk or a missing folder is told before anything runs.
  if (output.kind === "log") runtime.files.openAppend(output.path).close();
  return runtime.spawn(connectOutput(runtime, commandOf(runtime, options, cookie), output));
}

function absolutePath(runtime: Runtime, path: string): string {
  return path.startsWith("/") ? path : `${runtime.cwd()}/${path}`;
}

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
function connectOutput(
  runtime: Runtime,
  command: UnconnectedCommand,
  output: OutputTarget,
): SpawnCommand {
  switch (output.kind) {
    case "inherit":
      return { ...command, stdout: "inherit", stderr: "inherit" };
    case "forward":
      if (!sameStream(runtime)) return { ...command, stdout: "piped", stderr: "piped" };
      return {
        ...throughShell(command, foundPath(runtime, command), INTO_ONE_STREAM),
        stdout: "piped",
        stderr: "null",
      };
    case "log": {
      // The shell is in the command's directory already.
      const log = absolutePath(runtime, output.path);
      return {
        ...throughShell(command, foundPath(runtime, command), INTO_LOG, log),
        stdout: "null",
        stderr: "null",
      };
    }
  }
}

/** Looked up here, since a shell would answer with a message of its own and exit code 127. */
function foundPath(runtime: Runtime, command: UnconnectedCommand): string {
  const { program, cwd, env } = command;
  const found = findProgram(runtime.files, program, { searchPath: env.PATH, cwd });
  // Nor would the working directory be missed by the command, but by the shell.
  const hasPlace = cwd === undefined || runtime.files.stat(cwd)?.kind === "directory";
  if (found.kind === "found" && hasPlace) return found.path;
  throw spawnFailure({ ...command, stdout: "null", stderr: "null" }, {
    files: runtime.files,
    ownPath: env.PATH,
  });
}

/** Whether prekill's own stdout and stderr are one pipe, as with `2>&1 |`. */
function sameStream(runtime: Runtime): boolean {
  const target = runtime.files.readLink("/proc/self/fd/1");
  return target !== undefined && target.startsWith("pipe:") &&
    target === runtime.files.readLink("/proc/self/fd/2");
}
