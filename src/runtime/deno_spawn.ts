import type { Exit } from "../outcome.ts";
import { messageOf } from "../errors.ts";
import { signalName } from "../signals.ts";
import { programToStart } from "./find_program.ts";
import type { Child, Files, SpawnCommand } from "./port.ts";
import { spawnFailure } from "./spawn_failure.ts";

/**
 * Starts a child with `Deno.Command`. `detached` is `setsid` there. Deno looks the program up itself, and the child
 * finds the full path in its `argv[0]`; scripts without `#!` are run by `/bin/sh`, as execvp(3) does.
 *
 * @param files the host's files
 * @param command what to start
 * @returns the child
 * @throws {SpawnError}
 */
export function spawnWithDeno(files: Files, command: SpawnCommand): Child {
  const { cwd, env, stdin, stdout, stderr } = command;
  let process: Deno.ChildProcess;
  try {
    process = new Deno.Command(programToStart(files, command), {
      args: [...command.args],
      cwd,
      env,
      clearEnv: env !== undefined,
      detached: command.newSession,
      stdin,
      stdout,
      stderr,
    }).spawn();
  } catch (error) {
    throw spawnFailure(command, { files, ownPath: Deno.env.get("PATH"), error });
  }
  return {
    pid: process.pid,
    exited: process.status.then(toExit, toExitUnknownToDeno),
    stdin: stdin === "piped" ? process.stdin : undefined,
    stdout: stdout === "piped" ? process.stdout : undefined,
    stderr: stderr === "piped" ? process.stderr : undefined,
    unref: () => process.unref(),
  };
}

function toExit(status: Deno.CommandStatus): Exit {
  return status.signal === null
    ? { kind: "exited", code: status.code }
    : { kind: "signalled", signal: status.signal };
}

/** Deno rejects with "Invalid signal: 35" when a child died by a signal that it has no name for. */
function toExitUnknownToDeno(error: unknown): Exit {
  const number = /signal: (\d+)/.exec(messageOf(error))?.[1] ?? 0;
  return { kind: "signalled", signal: signalName(Number(number)) };
}
