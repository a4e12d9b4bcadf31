import process from "node:process";
import { toExit } from "./node_exit.ts";
import type { Child, SpawnCommand } from "./port.ts";

/** What is used of `Bun`, which other hosts and their type checkers do not know. */
interface BunSpawner {
  spawn(command: readonly string[], options: {
    readonly argv0: string;
    readonly cwd: string | undefined;
    readonly env: Readonly<Record<string, string | undefined>>;
    readonly detached: boolean;
    readonly stdio: readonly ("inherit" | "ignore")[];
    readonly windowsHide: boolean;
    onExit(child: unknown, code: number | null, signal: string | null): void;
  }): { readonly pid: number; unref(): void };
}

/** What to start, as the system is to be asked for it. */
export interface BunStart {
  readonly program: string;
  readonly argv0: string;
  readonly args: readonly string[];
}

/**
 * Starts a child without pipes by `Bun.spawn`, on which Bun's `node:child_process` is built: that takes 2 ms to load.
 *
 * @param command where it runs; none of its streams is piped
 * @param start what to start
 * @returns the child
 * @throws the host's error when it cannot be started
 */
export function spawnWithBun(command: SpawnCommand, { program, argv0, args }: BunStart): Child {
  const { Bun } = globalThis as unknown as { Bun: BunSpawner };
  let settle: (exit: ReturnType<typeof toExit>) => void;
  const exited = new Promise<ReturnType<typeof toExit>>((resolve) => settle = resolve);
  const child = Bun.spawn([program, ...args], {
    argv0,
    cwd: command.cwd,
    env: command.env ?? process.env,
    detached: command.newSession,
    stdio: [command.stdin, command.stdout, command.stderr].map((to) => to === "inherit" ? to : "ignore"),
    windowsHide: true,
    onExit: (_child, code, signal) => settle(toExit(code, signal)),
  });
  return {
    pid: child.pid,
    exited,
    stdin: undefined,
    stdout: undefined,
    stderr: undefined,
    unref: () => child.unref(),
  };
}
