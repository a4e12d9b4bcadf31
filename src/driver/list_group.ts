import type { Files } from "../runtime/port.ts";
import { isDead, type ProcessEntry, type ProcessIdentity } from "../tree/process_entry.ts";
import type { ProcessLister } from "../tree/process_lister.ts";

/** More threads are not asked for their children: what is looked for is found in the first, or is not worth the time. */
const MAX_THREADS = 2000;

/** Whose group it is, and who else may be in it. */
export interface ListGroupOptions {
  /** The leader, which has not been reaped. */
  readonly rootPid: number;
  /** Processes whose parents may have gone, so that nothing leads to them. */
  readonly seen: readonly ProcessIdentity[];
}

/**
 * Lists the live members of a process group without a look at all processes: those that the kernel links to its leader as
 * children of children (proc(5), `/proc/PID/task/TID/children`), and those that are known. Linux only.
 *
 * @param files the host's files
 * @param lister reads processes
 * @param options the group
 * @returns parents before children; undefined where the kernel has no such files
 */
export function listGroup(
  files: Files,
  lister: Pick<ProcessLister, "read">,
  { rootPid, seen }: ListGroupOptions,
): ProcessEntry[] | undefined {
  const found = new Map<number, ProcessEntry>();
  const pending: { readonly pid: number; readonly startTime?: number }[] = [{ pid: rootPid }, ...seen];
  let threads = 0;
  for (let at = 0; at < pending.length && threads < MAX_THREADS; at++) {
    const { pid, startTime } = pending[at]!;
    const entry = found.has(pid) ? undefined : lister.read(pid);
    // A known process that has gone may have left its number to somebody else.
    if (entry === undefined || entry.startTime !== (startTime ?? entry.startTime)) continue;
    found.set(pid, entry);
    for (const tid of files.list(`/proc/${pid}/task`) ?? []) {
      if (++threads > MAX_THREADS) break;
      const children = files.readText(`/proc/${pid}/task/${tid}/children`);
      if (children === undefined && pid === rootPid && Number(tid) === rootPid) return undefined;
      for (const child of children?.trim().split(" ") ?? []) {
        if (child !== "") pending.push({ pid: Number(child) });
      }
    }
  }
  return [...found.values()].filter((entry) => entry.pgid === rootPid && !isDead(entry));
}
