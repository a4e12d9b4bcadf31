import type { Files } from "../../../runtime/port.ts";
import { parseSyscall } from "../kernel/parse_syscall.ts";
import { syscallName } from "../kernel/syscall_names.ts";

/** A thread's wait for a word in memory. */
export interface FutexCall {
  /** Of the word. */
  readonly address: number;
  /** Equal for a call that goes on. */
  readonly key: string;
}

/**
 * Asks the kernel which word a thread waits for.
 *
 * @param files the host's files
 * @param task directory of the thread, `/proc/PID/task/TID`
 * @param arch whose numbers its system calls have
 * @returns undefined when it is in no such call, or that may not be seen
 */
export function readFutexCall(files: Files, task: string, arch: string): FutexCall | undefined {
  const key = files.readText(`${task}/syscall`);
  const call = key === undefined ? undefined : parseSyscall(key);
  if (key === undefined || call?.kind !== "call") return undefined;
  if (syscallName(arch, call.number) !== "futex") return undefined;
  return { address: Number(call.args[0]), key };
}
