import type { ProcessEntry } from "./process_entry.ts";
import type { ProcessLister } from "./process_lister.ts";

/** All processes at one moment. */
export interface ProcessSnapshot {
  /** Start times in milliseconds since 1970. */
  readonly entries: readonly ProcessEntry[];
  /** Command lines by pid, where they can be read. */
  readonly commands: ReadonlyMap<number, readonly string[]>;
  /** The values of `PREKILL_ID` and `PREKILL_OUTER_IDS` by pid, where environments can be read. */
  readonly cookies: ReadonlyMap<number, string>;
}

/**
 * A lister for systems where a program has to be run to see the processes: it answers from the latest `refresh`.
 *
 * @param load takes a snapshot; undefined when that failed, which keeps the previous one
 * @returns a lister that knows no process before its first refresh
 */
export function createSnapshotLister(load: () => Promise<ProcessSnapshot | undefined>): ProcessLister {
  let entries = new Map<number, ProcessEntry>();
  let snapshot: ProcessSnapshot = { entries: [], commands: new Map(), cookies: new Map() };
  const listAll = (): ProcessEntry[] => [...entries.values()];
  return {
    read: (pid) => entries.get(pid),
    listAll,
    listStartedAfter: listAll,
    command: (pid) => [...snapshot.commands.get(pid) ?? []],
    hasCookie: (pid, cookie) => snapshot.cookies.get(pid)?.includes(cookie) ?? false,
    ageMs: (entry) => Math.max(0, Date.now() - entry.startTime),
    async refresh() {
      snapshot = await load() ?? snapshot;
      entries = new Map(snapshot.entries.map((entry) => [entry.pid, entry]));
    },
  };
}
