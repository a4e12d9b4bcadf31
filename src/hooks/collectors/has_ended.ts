import type { Files } from "../../runtime/port.ts";
import { parseStat } from "../../tree/parse_stat.ts";

/**
 * Whether a process has ended, for words after it could not be looked into. What may not be looked into, what the kernel
 * runs for itself, and what goes on without its main thread has not.
 *
 * @param files the host's files
 * @param pid the process
 */
export function hasEnded(files: Files, pid: number): boolean {
  const state = parseStat(files.readText(`/proc/${pid}/stat`) ?? "")?.state;
  if (state === undefined) return true;
  return /[ZXx]/.test(state) && (files.list(`/proc/${pid}/task`) ?? []).length <= 1;
}
