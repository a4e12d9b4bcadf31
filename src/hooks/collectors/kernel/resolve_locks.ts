import type { LockFacts } from "../../facts.ts";
import type { OpenFile } from "./fd_table.ts";
import type { Holders } from "./holders.ts";
import type { LockLine } from "./parse_locks.ts";
import type { ProcessSnapshot } from "./read_process.ts";

/**
 * The file locks that a process holds or waits for.
 *
 * @param process the latest snapshot
 * @param lines of `/proc/locks`
 * @param holders who else has the files open
 * @returns locks held, by open file, then those waited for
 */
export function resolveLocks(
  process: ProcessSnapshot,
  lines: readonly LockLine[],
  holders: Holders,
): LockFacts[] {
  const locks = new Map<string, LockFacts>();
  for (const { info, link } of process.files) {
    for (const { type, mode, file } of info.locks) {
      locks.set(`${type} ${mode} ${file}`, { type, mode, path: link, inode: inodeOf(file), held: true });
    }
  }
  const waits = lines.filter((line) => line.waits && line.pid === process.stat.pid);
  return [...locks.values(), ...waits.map((line) => waitingLock(process, line, lines, holders))];
}

function waitingLock(
  process: ProcessSnapshot,
  wait: LockLine,
  lines: readonly LockLine[],
  holders: Holders,
): LockFacts {
  const holding = lines.filter((line) => line.id === wait.id && !line.waits);
  const path = waitedPath(process, wait);
  const open = path === undefined ? [] : holders.of(path);
  const pids = new Set<number>();
  for (const line of holding) {
    // Locks of flock and of open file descriptions belong to whoever has the file open: the process that took one may
    // have gone and left it to another.
    const owners = line.type === "posix"
      ? []
      : open.filter(({ info }) =>
        info.locks.some(({ type, file }) => type === line.type && file === line.file)
      );
    if (owners.length > 0) owners.forEach(({ pid }) => pids.add(pid));
    else if (line.pid > 0) pids.add(line.pid);
  }
  return {
    type: wait.type,
    mode: wait.mode,
    path: path ?? "",
    inode: inodeOf(wait.file),
    held: false,
    holders: [...pids].map((pid) => ({ pid })),
  };
}

/** The file in the call that waits; where calls cannot be seen, the only file that the process has open at that inode. */
function waitedPath(process: ProcessSnapshot, wait: LockLine): string | undefined {
  const byFd = (fd: number): OpenFile | undefined => process.files.find((file) => file.fd === fd);
  for (const { syscall } of process.threads) {
    if (syscall?.wait?.kind === "file-lock" && syscall.wait.type === wait.type) {
      return byFd(syscall.wait.fd)?.link;
    }
  }
  return process.files.find(({ info }) => info.inode === inodeOf(wait.file))?.link;
}

function inodeOf(file: string): number {
  return Number(file.slice(file.lastIndexOf(":") + 1));
}
