import type { Files } from "../../../runtime/port.ts";

/** What a collector says about a process that it leaves alone for this. */
export const UNINTERRUPTIBLE =
  "a thread is in an uninterruptible wait or frozen, in which a debugger would hang too";

/** Of processes with more threads only the main thread is asked: a debugger must not wait for the look before it. */
const MAX_THREADS = 256;

/** Where a frozen thread sleeps (control groups of version 2); no other sleep is there. */
const FREEZER = /^(get_signal|do_freezer_trap)$/;

/**
 * Whether a thread is in a wait that no signal interrupts, such as that of a `vfork` parent or of a frozen control group:
 * a debugger would hang until it is over, and leave a stop signal behind when killed.
 *
 * @param files the host's files
 * @param pid the process
 * @param threadCount how many threads it has
 */
export function isUninterruptible(files: Files, pid: number, threadCount: number): boolean {
  const tids = threadCount > MAX_THREADS ? [pid] : files.list(`/proc/${pid}/task`) ?? [];
  // The state follows the name, which may hold anything.
  return tids.some((tid) => /^.*\) D /s.test(files.readText(`/proc/${pid}/task/${tid}/stat`) ?? "")) ||
    FREEZER.test(files.readText(`/proc/${pid}/wchan`) ?? "");
}
