import type { Files } from "../../../runtime/port.ts";
import { readThreadIds } from "../read_thread_ids.ts";
import type { PythonImage } from "./python_image.ts";
import { isAddress } from "../remote_memory.ts";

/** Where glibc keeps a thread's number in what its pthread id points to, on x86-64. */
const GLIBC_TID_OFFSET = 0x2d0;

/** Tells the number of a thread in the system by the address of its state; undefined for one that is not there. */
export type ThreadNumbers = (thread: number) => number | undefined;

/**
 * Finds the numbers of a process's threads. States without a live thread, such as those that `fork` leaves in a child,
 * have none.
 *
 * @param files the host's files
 * @param pid the process
 * @param image its Python
 */
export function createThreadNumbers(files: Files, pid: number, image: PythonImage): ThreadNumbers {
  const numbers = readThreadIds(files, (files.list(`/proc/${pid}/task`) ?? []).map(Number));
  const { memory, python } = image;
  const { nativeThreadId, threadId } = python.layout.thread;
  return (thread) => {
    const native = nativeThreadId === undefined ? undefined : memory.word(thread + nativeThreadId);
    const number = numbers.get(native ?? -1);
    if (number !== undefined || !python.isX86) return number;
    const pthread = memory.word(thread + threadId) ?? 0;
    return isAddress(pthread) ? numbers.get(memory.int32(pthread + GLIBC_TID_OFFSET) ?? -1) : undefined;
  };
}
