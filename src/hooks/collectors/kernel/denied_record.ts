import type { Files } from "../../../runtime/port.ts";
import type { CollectorRecord } from "../../../sample_document.ts";
import type { ProcessRecord } from "./process_record.ts";

/**
 * Says, once for the whole tree, that system calls may not be looked at.
 *
 * @param files the host's files
 * @param records the tree
 * @returns one record, or none
 */
export function deniedRecords(files: Files, records: readonly ProcessRecord[]): CollectorRecord[] {
  const denied = records.filter(({ last, isGone }) => last.isSyscallDenied && !isGone);
  if (denied.length === 0) return [];
  const scope = files.readText("/proc/sys/kernel/yama/ptrace_scope")?.trim();
  const reason = scope === undefined || scope === "0" ? "" : ` (ptrace scope ${scope})`;
  const pid = denied.length === 1 ? denied[0]!.last.stat.pid : 0;
  return [{ name: "syscall", pid, status: "failed", ms: 0, detail: `not permitted${reason}` }];
}
