import { groupBy } from "../std/group_by.ts";
import type { ProcessEntry, ProcessIdentity } from "./process_entry.ts";
import type { ProcessLister } from "./process_lister.ts";

/** What makes a process belong to an attempt. */
export interface TreeQuery {
  /** The process that was started, whether or not it still runs. */
  readonly root: ProcessIdentity;
  /** Whether the root leads a session of its own, all of whose members then belong to the tree. */
  readonly ownsSession: boolean;
  /** The attempt's `PREKILL_ID`; empty when it has none. */
  readonly cookie: string;
  /** Descendants seen earlier: they belong to the tree although their parents may have gone. */
  readonly seen: Iterable<ProcessIdentity>;
}

/**
 * Picks the processes of a tree from a listing: the root, its descendants, those seen before and their descendants,
 * the members of its session, and all that carry its cookie. Zombies are included, prekill itself never is.
 *
 * @param lister reads cookies
 * @param entries the listing to pick from
 * @param query what belongs to the tree
 * @param exceptPid prekill's own pid
 * @returns parents before children, siblings by start time
 */
export function findTree(
  lister: Pick<ProcessLister, "hasCookie">,
  entries: readonly ProcessEntry[],
  query: TreeQuery,
  exceptPid: number,
): ProcessEntry[] {
  const children = new Map<number, ProcessEntry[]>();
  const byPid = new Map<number, ProcessEntry>();
  for (const entry of entries) {
    byPid.set(entry.pid, entry);
    const siblings = children.get(entry.ppid);
    if (siblings === undefined) children.set(entry.ppid, [entry]);
    else siblings.push(entry);
  }
  const members = new Map<number, ProcessEntry>();
  const add = (entry: ProcessEntry): void => {
    // An explicit stack: a tree may be deeper than the call stack allows.
    const pending = [entry];
    for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
      if (members.has(next.pid) || next.pid === exceptPid) continue;
      members.set(next.pid, next);
      pending.push(...(children.get(next.pid) ?? []));
    }
  };
  const addIdentity = (identity: ProcessIdentity): void => {
    const entry = byPid.get(identity.pid);
    if (entry !== undefined && entry.startTime === identity.startTime) add(entry);
  };
  addIdentity(query.root);
  for (const identity of query.seen) addIdentity(identity);
  for (const entry of entries) {
    // What was started before the root can belong to neither its session nor its cookie.
    if (members.has(entry.pid) || entry.startTime < query.root.startTime) continue;
    if (query.ownsSession && entry.sid === query.root.pid) add(entry);
    else if (query.cookie !== "" && lister.hasCookie(entry.pid, query.cookie)) add(entry);
  }
  return parentsFirst([...members.values()]);
}

/**
 * Orders the processes of a tree.
 *
 * @param unordered processes, each with its parent
 * @returns parents before children, siblings by start time
 */
export function parentsFirst<T extends Pick<ProcessEntry, "pid" | "ppid" | "startTime">>(
  unordered: readonly T[],
): T[] {
  const entries = unordered.toSorted((a, b) => a.startTime - b.startTime || a.pid - b.pid);
  const byParent = groupBy(entries, (entry) => entry.ppid);
  const pids = new Set(entries.map((entry) => entry.pid));
  const ordered: T[] = [];
  const pending = entries.filter((entry) => !pids.has(entry.ppid)).reverse();
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    ordered.push(next);
    pending.push(...(byParent.get(next.pid) ?? []).toReversed());
  }
  return ordered;
}
