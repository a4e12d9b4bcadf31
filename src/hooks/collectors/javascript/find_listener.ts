import type { Files } from "../../../runtime/port.ts";
import { inodeOfLink } from "../kernel/fd_kind.ts";
import { parseInetTable } from "../kernel/parse_inet_table.ts";

/** Who listens at a port. */
export interface Listener {
  readonly pid: number;
  /** As it was started, cut where it is long. */
  readonly command: string;
}

const MAX_PROCESSES = 5000;
const MAX_FILES = 2000;
const MAX_COMMAND = 100;

/**
 * Finds the process that listens at a port of this machine. Looks through the open files of all processes.
 *
 * @param files the host's files
 * @param port which
 * @returns undefined when it may not be looked into, or nobody listens there
 */
export function findListener(files: Files, port: number): Listener | undefined {
  const inodes = new Set(
    ["tcp", "tcp6"].flatMap((name) => parseInetTable(files.readText(`/proc/self/net/${name}`) ?? ""))
      .filter(({ state, local }) => state === "LISTEN" && local.endsWith(`:${port}`))
      .map(({ inode }) => inode),
  );
  if (inodes.size === 0) return undefined;
  const pids = (files.list("/proc") ?? []).filter((name) => /^\d+$/.test(name)).slice(0, MAX_PROCESSES);
  const isListener = (pid: string): boolean =>
    (files.list(`/proc/${pid}/fd`) ?? []).slice(0, MAX_FILES)
      .some((fd) => inodes.has(inodeOfLink(files.readLink(`/proc/${pid}/fd/${fd}`) ?? "") ?? -1));
  const pid = pids.find(isListener);
  if (pid === undefined) return undefined;
  const words = (files.readText(`/proc/${pid}/cmdline`) ?? "").split("\0").slice(0, -1).join(" ");
  return { pid: Number(pid), command: words.slice(0, MAX_COMMAND) };
}
