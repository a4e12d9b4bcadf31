import { closeSync, constants, openSync } from "node:fs";
import { loadNodeBuiltin } from "./node_builtin.ts";
import { toExit } from "./node_exit.ts";
import { unref } from "./node_spawn.ts";
import type { Child, FileSpawnCommand } from "./port.ts";

const APPEND = constants.O_WRONLY | constants.O_CREAT | constants.O_APPEND | (constants.O_NOFOLLOW ?? 0);

/**
 * Starts a child with `node:child_process` and a file descriptor for its output.
 *
 * @param command what to start
 * @returns the child; undefined when it cannot be started
 */
export function spawnIntoFileWithNode(command: FileSpawnCommand): Promise<Child | undefined> {
  return Promise.resolve(start(command));
}

function start(command: FileSpawnCommand): Child | undefined {
  let file: number | undefined;
  try {
    file = openSync(command.outputPath, APPEND, 0o600);
    const { spawn } = loadNodeBuiltin<typeof import("node:child_process")>("node:child_process");
    const child = spawn(command.program, command.args, {
      cwd: command.cwd,
      env: command.env,
      detached: command.newSession,
      stdio: [command.stdin === "null" ? "ignore" : "inherit", file, file],
      windowsHide: true,
    });
    child.on("error", () => {});
    if (child.pid === undefined) return undefined;
    return {
      pid: child.pid,
      exited: new Promise((resolve) => child.once("exit", (code, signal) => resolve(toExit(code, signal)))),
      stdin: undefined,
      stdout: undefined,
      stderr: undefined,
      unref: () => unref(child),
    };
  } catch {
    return undefined;
  } finally {
    if (file !== undefined) closeSync(file);
  }
}
