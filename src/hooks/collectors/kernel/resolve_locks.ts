import type { LockFacts } from "../../facts.ts";
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
  for (const line of lines.filter(({ waits }) => waits)) {
    const path = waitedPath(process, line);
    const isOurs = line.type === "ofd" ? path !== undefined : line.pid === process.stat.pid;
    if (isOurs) locks.set(`wait ${line.id}`, waitingLock(line, path, lines, holders));
  }
  return [...locks.values()];
}

function waitingLock(
  wait: LockLine,
  path: string | undefined,
  lines: readonly LockLine[],
  holders: Holders,
): LockFacts {
  const holding = lines.filter((line) => line.id === wait.id && !line.waits);
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

/**
 * The file that a process waits to lock: the one in a thread's call, or where calls cannot be seen, the one that it has
 * open at the inode. A lock of an open file description is not tied to a process, so that only a call will do.
 */
function waitedPath(process: ProcessSnapshot, wait: LockLine): string | undefined {
  const inode = inodeOf(wait.file);
  const inCalls = new Set(
    process.threads.flatMap(({ syscall }) =>
      syscall?.wait?.kind === "file-lock" && syscall.wait.type === wait.type ? [syscall.wait.fd] : []
    ),
  );
  const candidates = process.files.filter((file) =>
    file.info.inode === undefined || file.info.inode === inode
  );
  const called = candidates.find(({ fd }) => inCalls.has(fd));
  if (called !== undefined || wait.type === "ofd") return called?.link;
  return candidates.find(({ info }) => info.inode === inode)?.link;
}

function inodeOf(file: string): number {
  return Number(file.slice(file.lastIndexOf(":") + 1));
}
