import type { OpenFile } from "../../src/hooks/collectors/kernel/fd_table.ts";
import type { ProcessSnapshot } from "../../src/hooks/collectors/kernel/read_process.ts";
import type { ThreadSnapshot } from "../../src/hooks/collectors/kernel/read_threads.ts";
import type { SocketTable } from "../../src/hooks/collectors/kernel/socket_table.ts";
import { parseStatus } from "../../src/hooks/collectors/kernel/parse_status.ts";

/** A socket table with nothing in it. */
export const NO_SOCKETS: SocketTable = { get: () => undefined, inet: () => [], unix: () => [] };

/** A thread that sleeps in no known call. */
export function threadSnapshot(tid: number, overrides: Partial<ThreadSnapshot> = {}): ThreadSnapshot {
  return { tid, name: "t", state: "S", cpuTicks: 0, switches: 0, wchan: "", callKey: "", ...overrides };
}

/** A sleeping process with one thread. */
export function processSnapshot(pid: number, overrides: Partial<ProcessSnapshot> = {}): ProcessSnapshot {
  const files: readonly OpenFile[] = overrides.files ?? [];
  return {
    atMs: 0,
    stat: {
      pid,
      ppid: 1,
      pgid: pid,
      sid: pid,
      state: "S",
      startTime: 10,
      name: "p",
      majorFaults: 0,
      userTicks: 0,
      systemTicks: 0,
      threadCount: 1,
      rssPages: 1,
    },
    status: parseStatus(""),
    ageMs: 1000,
    command: ["p"],
    threadCount: 1,
    threads: [threadSnapshot(pid)],
    files,
    links: new Map(files.map(({ fd, link }) => [fd, link])),
    sockets: new Map(),
    socketTable: () => NO_SOCKETS,
    isSyscallDenied: false,
    isFilesDenied: false,
    hasEnded: false,
    isLookedInto: true,
    ...overrides,
  };
}
