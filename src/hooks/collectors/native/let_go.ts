import type { Files, Runtime } from "../../../runtime/port.ts";

const SIGSTOP_BIT = 1n << 18n;
/** How often, and how long after each other, to look whether a thread stops after all. */
const LOOKS = 3;
const LOOK_EVERY_MS = 10;

/**
 * Whether a process is stopped by a signal.
 *
 * @param files the host's files
 * @param pid the process
 * @returns false also when there is no such process
 */
export function isStopped(files: Files, pid: number): boolean {
  return /^State:\s*T/m.test(files.readText(`/proc/${pid}/status`) ?? "");
}

/**
 * Makes a process run again that a killed debugger left stopped, or about to stop: attaching sends SIGSTOP to each
 * thread, and one that has not taken it yet keeps it. Only to be called for a process that was not stopped before; it
 * gets SIGCONT only if it needs it.
 *
 * @param runtime the host
 * @param pid the process
 */
export async function letGo(runtime: Runtime, pid: number): Promise<void> {
  for (let look = 0; look < LOOKS; look++) {
    if (hasStop(runtime.files, pid)) runtime.kill(pid, "SIGCONT");
    await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
  }
}

/** Whether a thread is stopped, or will be as soon as it runs. */
function hasStop(files: Files, pid: number): boolean {
  return (files.list(`/proc/${pid}/task`) ?? []).some((tid) => {
    const status = files.readText(`/proc/${pid}/task/${tid}/status`) ?? "";
    const pending = [...status.matchAll(/^(?:SigPnd|ShdPnd):\s*([0-9a-f]+)/gm)];
    return /^State:\s*T/m.test(status) ||
      pending.some(([, mask]) => (BigInt(`0x${mask}`) & SIGSTOP_BIT) !== 0n);
  });
}
