import { host } from "../../src/runtime/host.ts";
import { waitUntil } from "./wait_until.ts";

/** Kernel functions in which threads wait for locks, the time and events. */
const WAITS = /futex|nanosleep|poll/;

/**
 * Runs a test beside a program, all threads of which wait for a lock, the time or events, or have ended. It is killed afterwards.
 *
 * @param command the program and its arguments
 * @param test gets its pid
 * @param threadCount how many threads it must have before the test begins
 */
export async function withWaitingProgram(
  command: readonly string[],
  test: (pid: number) => Promise<void>,
  threadCount = 1,
): Promise<void> {
  const [program, ...args] = command;
  const child = host.spawn({
    program: program!,
    args,
    newSession: true,
    stdin: "null",
    stdout: "null",
    stderr: "null",
  });
  try {
    await waitUntil(`${threadCount} threads of ${program} wait`, () => {
      const tids = [...Deno.readDirSync(`/proc/${child.pid}/task`)].map(({ name }) => name);
      return tids.length >= threadCount && tids.every((tid) => isWaiting(`/proc/${child.pid}/task/${tid}`));
    });
    await test(child.pid);
  } finally {
    host.kill(-child.pid, "SIGKILL");
    await child.exited;
  }
}

/**
 * The state of a process as a letter, such as "S" or "T".
 *
 * @param pid a process that is there
 */
export function stateOf(pid: number): string {
  return /^State:\t(.)/m.exec(Deno.readTextFileSync(`/proc/${pid}/status`))![1]!;
}

function isWaiting(thread: string): boolean {
  return WAITS.test(Deno.readTextFileSync(`${thread}/wchan`)) ||
    /^State:\tZ/m.test(Deno.readTextFileSync(`${thread}/status`));
}
