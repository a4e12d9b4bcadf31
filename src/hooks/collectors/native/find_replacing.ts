import type { Files } from "../../../runtime/port.ts";
import { waitUnlessAborted } from "../wait_unless_aborted.ts";

/** What a collector says about a process that it leaves alone for this. */
export const REPLACING =
  "it executes one program after the other, and one that does so while a debugger attaches is ended by SIGTRAP";

/** About as long as `eu-stack` takes to attach. */
const GAP_MS = 8;
/** `startstack` of `proc(5)`, counted from the state: another one for each program that is executed. */
const START_STACK = 25;

/**
 * Finds the processes that execute another program within some milliseconds.
 *
 * @param files the host's files
 * @param pids the processes
 * @param signal ends the wait
 * @returns those whose program was replaced
 */
export async function findReplacing(
  files: Files,
  pids: readonly number[],
  signal: AbortSignal,
): Promise<ReadonlySet<number>> {
  if (pids.length === 0) return new Set();
  const before = pids.map((pid) => startStack(files, pid));
  await waitUnlessAborted(GAP_MS, signal);
  return new Set(pids.filter((pid, index) => startStack(files, pid) !== before[index]));
}

/** The state follows the name, which may hold anything. */
function startStack(files: Files, pid: number): string | undefined {
  const stat = files.readText(`/proc/${pid}/stat`);
  return stat?.slice(stat.lastIndexOf(") ") + 2).split(" ")[START_STACK];
}
