import type { Files } from "../../runtime/port.ts";
import type { ToolResult } from "../../runtime/run_tool.ts";

/**
 * Whether a tool failed because the kernel did not let it look at the process.
 *
 * @param result what came of the tool
 */
export function isTraceDenied({ stdout, stderr }: ToolResult): boolean {
  return /not permitted|permission denied/i.test(`${stdout}\n${stderr}`);
}

/**
 * Says why the kernel did not let a debugger look at a process, and what helps (ptrace(2), "Ptrace access mode
 * checking").
 *
 * @param files the host's files
 * @param pid the process
 * @returns part of a sentence
 */
export function explainTraceDenied(files: Files, pid: number): string {
  const status = files.readText(`/proc/${pid}/status`) ?? "";
  const tracer = Number(/^TracerPid:\s*(\d+)/m.exec(status)?.[1] ?? 0);
  if (tracer !== 0) return `process ${tracer} is debugging it, and there can be only one debugger`;
  const uids = /^Uid:\s*(.*)$/m.exec(status)?.[1]?.split(/\s+/) ?? [];
  const ownUid = /^Uid:\s*\d+\s+(\d+)/m.exec(files.readText("/proc/self/status") ?? "")?.[1];
  if (ownUid !== "0" && uids.some((uid) => uid !== ownUid)) {
    return "it belongs to another user: run prekill as that user or as root";
  }
  const scope = Number(files.readText("/proc/sys/kernel/yama/ptrace_scope") ?? 0);
  if (scope >= 3) return "kernel.yama.ptrace_scope=3 forbids debuggers until the next boot";
  if (scope > 0 && ownUid !== "0") {
    return `kernel.yama.ptrace_scope=${scope} forbids it: run prekill as root, or sysctl kernel.yama.ptrace_scope=0`;
  }
  return "the kernel forbids it: in a container, start that with --cap-add=SYS_PTRACE";
}
