import { host } from "../../src/runtime/host.ts";
import { waitUntil } from "./wait_until.ts";
import { withTempDir } from "./with_temp_dir.ts";

/** A program at work. */
export interface WorkingProgram {
  readonly pid: number;
  /** Tells it to come to its end, and waits for that. */
  finish(): Promise<WorkingEnd>;
}

/** How it came to its end. */
export interface WorkingEnd {
  readonly code: number;
  readonly stdout: string;
}

/**
 * Runs a test beside a program that has written "READY" and works until there is a file "stop" in its working
 * directory. It is killed afterwards, with its session.
 *
 * @param command program and arguments
 * @param test gets the program
 */
export function withWorkingProgram(
  [program, ...args]: readonly [string, ...string[]],
  test: (program: WorkingProgram) => Promise<void>,
): Promise<void> {
  return withTempDir(async (cwd) => {
    // Node says there that its inspector was opened; nobody wants to read it.
    const child = host.spawn({
      program,
      args,
      cwd,
      newSession: true,
      stdin: "null",
      stdout: "piped",
      stderr: "null",
    });
    let stdout = "";
    let isClosed = false;
    const reading = (async () => {
      const decoder = new TextDecoder();
      for await (const bytes of child.stdout!) stdout += decoder.decode(bytes, { stream: true });
      isClosed = true;
    })();
    try {
      await waitUntil(`${program} is at work`, () => stdout.includes("READY\n") || isClosed);
      await test({
        pid: child.pid,
        async finish() {
          Deno.writeTextFileSync(`${cwd}/stop`, "");
          await waitUntil(`${program} has closed its output`, () => isClosed);
          const exit = await child.exited;
          return { code: exit.kind === "exited" ? exit.code : -1, stdout };
        },
      });
    } finally {
      host.kill(-child.pid, "SIGKILL");
      await Promise.all([child.exited, reading]);
    }
  });
}
