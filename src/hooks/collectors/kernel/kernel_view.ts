import type { Runtime } from "../../../runtime/port.ts";
import { readThreadIds } from "../read_thread_ids.ts";
import { parseLastRan, SCHED_BYTES } from "./parse_last_ran.ts";
import { parseRemoteMounts, type RemoteMount } from "./parse_mounts.ts";
import { createSocketTable, type SocketTable } from "./socket_table.ts";

/** What the processes of one snapshot have in common, each part read when it is first needed. */
export interface KernelView {
  readonly runtime: Runtime;
  readonly uptimeMs: number;
  readonly epochMs: number;
  /** The scheduler's clock; undefined where the kernel does not show it. */
  readonly schedulerMs: number | undefined;
  /** Threads of the whole tree. */
  readonly treeTids: ReadonlySet<number>;
  /** Threads of the tree in the pid namespace that a process is in, by the numbers that they have there. */
  idsInside(pid: number): ReadonlyMap<number, number>;
  /** The sockets of the network namespace that a process is in. */
  socketTable(pid: number): SocketTable;
  /** The mounts that a process sees and that must not be touched, because their server may be gone. */
  remoteMounts(pid: number): readonly RemoteMount[];
}

/**
 * Opens a view for one snapshot.
 *
 * @param runtime the host
 * @param treeTids threads of the tree
 * @returns a view that keeps nothing open
 */
export function createKernelView(runtime: Runtime, treeTids: ReadonlySet<number>): KernelView {
  const { files } = runtime;
  const socketTables = new Map<string, SocketTable>();
  const mounts = new Map<string, readonly RemoteMount[]>();
  const ids = new Map<string, ReadonlyMap<number, number>>();
  const namespaceOf = (pid: number, kind: string): string | undefined =>
    files.readLink(`/proc/${pid}/ns/${kind}`);
  const perNamespace = <T>(cache: Map<string, T>, pid: number, namespace: string, read: () => T): T => {
    const key = namespaceOf(pid, namespace) ?? String(pid);
    const value = cache.get(key) ?? read();
    cache.set(key, value);
    return value;
  };
  return {
    runtime,
    uptimeMs: Number(files.readText("/proc/uptime")?.split(" ")[0] ?? 0) * 1000,
    epochMs: Date.now(),
    // The thread that reads this runs, so the moment when it last ran is now.
    schedulerMs: parseLastRan(files.readText("/proc/thread-self/sched", SCHED_BYTES) ?? ""),
    treeTids,
    idsInside: (pid) =>
      perNamespace(ids, pid, "pid", () => {
        const own = namespaceOf(pid, "pid");
        return readThreadIds(files, [...treeTids].filter((tid) => namespaceOf(tid, "pid") === own));
      }),
    socketTable: (pid) =>
      perNamespace(socketTables, pid, "net", () => createSocketTable(files, `/proc/${pid}/net`)),
    remoteMounts: (pid) =>
      perNamespace(
        mounts,
        pid,
        "mnt",
        () => parseRemoteMounts(files.readText(`/proc/${pid}/mountinfo`) ?? ""),
      ),
  };
}
