import type { Files } from "../../../runtime/port.ts";

/** What a collector says about a process that it leaves alone for this. */
export const UNINTERRUPTIBLE = "a thread is in an uninterruptible wait, in which a debugger would hang too";

/** Of processes with more threads only the main thread is asked: a debugger must not wait for the look before it. */
const MAX_THREADS = 256;

/**
 * Whether a thread is in a wait that no signal interrupts, such as that of a `vfork` parent: a debugger would hang
 * until it is over, and leave a stop signal behind when killed.
 *
 * @param files the host's files
 * @param pid the process
 * @param threadCount how many threads it has
 */
export function isUninterruptible(files: Files, pid: number, threadCount: number): boolean {
  const tids = threadCount > MAX_THREADS ? [pid] : files.list(`/proc/${pid}/task`) ?? [];
  // The state follows the name, which may hold anything.
  return tids.some((tid) => /^.*\) D /s.test(files.readText(`/proc/${pid}/task/${tid}/stat`) ?? ""));
}
