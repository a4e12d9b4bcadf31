import type { FdFacts, LockFacts, ProcessFacts } from "../facts.ts";
import { TICK_MS } from "./read_handle.ts";
import type { Stand } from "./stand.ts";
import type { ThreadWait } from "./thread_wait.ts";
import type { TreeIndex } from "./tree_index.ts";

/** Who has run for less than so many pauses may be in the first one. */
const PAUSES = 2;

/**
 * The file lock that a process most probably tries to take again and again: it makes short pauses, and has a file open
 * that another process of the tree has locked. Databases wait for their locks in this way, so that the kernel knows of
 * the holder only.
 *
 * @param index the tree
 * @param stand where the process stands
 * @returns the wait to tell instead of the pause; undefined when there is no such lock
 */
export function polledLock(
  index: TreeIndex,
  { process, thread, wait }: Stand,
): Extract<ThreadWait, { kind: "file-lock" }> | undefined {
  if (wait.kind !== "sleep" || wait.durationMs === undefined || wait.durationMs >= TICK_MS) return undefined;
  const { durationMs } = wait;
  const mustHaveWoken = index.facts.windowMs > PAUSES * durationMs;
  if (process.ageMs <= PAUSES * durationMs || (mustHaveWoken && thread.wakeups === 0)) return undefined;
  for (const file of process.fds) {
    if (file.kind !== "file" || locksOn(process, file.target).length > 0) continue;
    const holders = index.facts.processes.filter((other) =>
      other.pid !== process.pid && index.live(other.pid) !== undefined &&
      locksOn(other, file.target).some((lock) => keepsOut(lock, file))
    );
    if (holders.length > 0) {
      const pids = holders.map(({ pid }) => pid);
      return { kind: "file-lock", path: file.target, holders: pids, everyMs: durationMs };
    }
  }
  return undefined;
}

/** Those that it holds, and those of its parent whose descriptor it has inherited. */
function locksOn({ locks }: ProcessFacts, path: string): readonly LockFacts[] {
  return locks.filter((lock) => lock.held && lock.type !== "lease" && lock.path === path);
}

/** Who has a file open for reading alone can want no more than to share it. */
function keepsOut({ mode }: LockFacts, { access }: FdFacts): boolean {
  return mode === "write" || access !== "read";
}
