import type { Files } from "../../../runtime/port.ts";
import { inodeOfLink } from "../kernel/fd_kind.ts";
import { parseInetTable } from "../kernel/parse_inet_table.ts";
import { parseSyscall } from "../kernel/parse_syscall.ts";
import { syscallName } from "../kernel/syscall_names.ts";

const MAX_THREADS = 1000;

/**
 * Finds the threads of a process that wait for clients of its inspector, which are no threads of the program.
 *
 * @param files the host's files
 * @param arch of the host
 * @param pid the process
 * @param port at which its inspector listens
 * @returns their ids; never the main thread's
 */
export function findInspectorThreads(
  files: Files,
  arch: string,
  pid: number,
  port: number,
): readonly number[] {
  const directory = `/proc/${pid}`;
  const inodes = new Set(
    parseInetTable(files.readText(`${directory}/net/tcp`) ?? "")
      .filter(({ state, local }) => state === "LISTEN" && local.endsWith(`:${port}`))
      .map(({ inode }) => inode),
  );
  const listening = (files.list(`${directory}/fd`) ?? [])
    .filter((fd) => inodes.has(inodeOfLink(files.readLink(`${directory}/fd/${fd}`) ?? "") ?? -1));
  if (listening.length === 0) return [];
  const tids = (files.list(`${directory}/task`) ?? []).slice(0, MAX_THREADS).map(Number);
  return tids.filter((tid) => {
    const call = tid === pid
      ? undefined
      : parseSyscall(files.readText(`${directory}/task/${tid}/syscall`) ?? "");
    if (call?.kind !== "call" || !syscallName(arch, call.number)?.startsWith("epoll_")) return false;
    const info = files.readText(`${directory}/fdinfo/${Number(call.args[0])}`) ?? "";
    return listening.some((fd) => new RegExp(`^tfd:\\s*${fd}\\s`, "m").test(info));
  });
}
