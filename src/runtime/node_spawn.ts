import type { ChildProcess } from "node:child_process";
import process from "node:process";
import { type BunStart, spawnWithBun } from "./bun_spawn.ts";
import { errorCode } from "./error_words.ts";
import { findProgram, programToStart } from "./find_program.ts";
import { loadNodeBuiltin } from "./node_builtin.ts";
import { toExit } from "./node_exit.ts";
import { toReadableStream, toWritableStream } from "./node_streams.ts";
import type { Child, Files, SpawnCommand, StdioTarget } from "./port.ts";
import { spawnFailure } from "./spawn_failure.ts";

const STDIO = { inherit: "inherit", null: "ignore", piped: "pipe" } as const satisfies Record<
  StdioTarget,
  string
>;

/**
 * Starts a child with `node:child_process`. `detached` is `setsid` there, under Bun, too. Piped streams are sockets,
 * which a child cannot open again by way of `/dev/stdout`. The death by a real-time signal cannot be told from
 * `exit(0)`: neither Node nor Bun passes the number on.
 *
 * @param files the host's files
 * @param command what to start
 * @returns the child
 * @throws {SpawnError}
 */
export function spawnWithNode(files: Files, command: SpawnCommand): Child {
  const { program, args, env, cwd } = command;
  const ownPath = process.env["PATH"];
  const searchPath = env === undefined ? ownPath : env["PATH"];
  let error: unknown;
  try {
    const child = start(command, { program: programToStart(files, command), argv0: program, args });
    if (child !== undefined) return child;
  } catch (thrown) {
    error = thrown;
  }
  // Node has the C library do this, Bun does not: a script without #! is the shell's (execvp(3)).
  const script = errorCode(error) === "ENOEXEC"
    ? findProgram(files, program, { searchPath, cwd })
    : undefined;
  if (script?.kind === "found") {
    const child = start(command, { program: "/bin/sh", argv0: "/bin/sh", args: [script.path, ...args] });
    if (child !== undefined) return child;
  }
  throw spawnFailure(command, { files, ownPath, error });
}

/** Undefined when it cannot be started for a reason that Node tells by an event, which is too late for us. */
function start(command: SpawnCommand, { program, argv0, args }: BunStart): Child | undefined {
  const isPiped = [command.stdin, command.stdout, command.stderr].includes("piped");
  if (process.versions["bun"] !== undefined && !isPiped) {
    return spawnWithBun(command, { program, argv0, args });
  }
  const { spawn } = loadNodeBuiltin<typeof import("node:child_process")>("node:child_process");
  const child = spawn(program, args, {
    argv0,
    cwd: command.cwd,
    env: command.env,
    detached: command.newSession,
    stdio: [STDIO[command.stdin], STDIO[command.stdout], STDIO[command.stderr]],
    windowsHide: true,
  });
  child.on("error", () => {});
  if (child.pid === undefined) return undefined;
  return {
    pid: child.pid,
    exited: new Promise((resolve) => child.once("exit", (code, signal) => resolve(toExit(code, signal)))),
    stdin: child.stdin === null ? undefined : toWritableStream(child.stdin),
    stdout: child.stdout === null ? undefined : toReadableStream(child.stdout),
    stderr: child.stderr === null ? undefined : toReadableStream(child.stderr),
    unref: () => unref(child),
  };
}

/** Lets the event loop end although the child runs. */
export function unref(child: ChildProcess): void {
  child.unref();
  for (const stream of [child.stdin, child.stdout, child.stderr]) {
    (stream as { unref?: () => void } | null)?.unref?.();
  }
}
