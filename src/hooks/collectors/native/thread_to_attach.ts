import type { Files } from "../../../runtime/port.ts";

/**
 * The thread by which tools reach a process: the main one, unless it has ended while others go on.
 *
 * @param files the host's files
 * @param pid the process
 * @returns the pid itself also where nothing better is known
 */
export function threadToAttach(files: Files, pid: number): number {
  const hasMemory = (tid: number): boolean => files.readLink(`/proc/${pid}/task/${tid}/exe`) !== undefined;
  if (hasMemory(pid)) return pid;
  const tids = (files.list(`/proc/${pid}/task`) ?? []).map(Number);
  return tids.find((tid) => tid !== pid && hasMemory(tid)) ?? pid;
}
