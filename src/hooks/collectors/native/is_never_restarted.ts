import type { Runtime } from "../../../runtime/port.ts";
import { syscallName } from "../kernel/syscall_names.ts";

/** Calls that end with EINTR whenever a debugger stops the thread (signal(7), "Interruption by stop signals"). */
const NEVER_RESTARTED = new Set((
  "epoll_wait epoll_pwait epoll_pwait2 rt_sigtimedwait semop semtimedop msgrcv msgsnd io_getevents io_pgetevents " +
  "io_uring_enter"
).split(" "));
/** Of processes with more threads only the main thread is asked. */
const MAX_THREADS = 256;

/**
 * Whether a thread is in a system call that a debugger would end with EINTR, which a careless program takes for a
 * failure. Linux goes on with all others as if nothing had been.
 *
 * @param runtime the host
 * @param pid the process
 * @param threadCount how many threads it has
 * @returns false also where that cannot be seen
 */
export function isNeverRestarted(runtime: Runtime, pid: number, threadCount: number): boolean {
  const { arch, files } = runtime;
  const tids = threadCount > MAX_THREADS ? [pid] : files.list(`/proc/${pid}/task`) ?? [];
  return tids.some((tid) => {
    const number = /^\d+/.exec(files.readText(`/proc/${pid}/task/${tid}/syscall`) ?? "")?.[0];
    return number !== undefined && NEVER_RESTARTED.has(syscallName(arch, Number(number)) ?? "");
  });
}
