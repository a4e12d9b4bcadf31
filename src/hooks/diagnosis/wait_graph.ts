import type { FdFacts, ProcessFacts } from "../facts.ts";
import { orderCandidates } from "./order_candidates.ts";
import { isDefinite } from "./is_definite.ts";
import type { Stand } from "./stand.ts";
import { createStands, type Stands } from "./stands.ts";
import { isAt, isPipeLike, isPipeline, otherEnds } from "./streams.ts";
import { stuckServer } from "./stuck_server.ts";
import { listAll } from "./list_all.ts";
import { isJobServer } from "./job_server.ts";
import type { LockOwner } from "./lock_holders.ts";
import { lockOwners } from "./lock_owners.ts";
import type { TreeIndex } from "./tree_index.ts";

/** Who can end a wait. */
export interface WaitEdge {
  readonly kind: "join" | "mutex" | "child" | "stream" | "socket" | "file-lock";
  readonly to: Stand;
  /** Whether nobody else could end the wait. */
  readonly isCertain: boolean;
  /** Whether the cause lies at the far end; else the edge only serves to find cycles. At most one edge of a wait. */
  readonly isFollowed: boolean;
  /** Whether `to` is who is awaited, and not another thread whose wait is taken to explain an idle one. */
  readonly isDirect: boolean;
  /** What else could have been chosen, in words. */
  readonly note?: string | undefined;
}

/** The wait-for graph of a tree; edges are found when first asked for. */
export interface WaitGraph {
  readonly index: TreeIndex;
  readonly stands: Stands;
  /** The edges that leave a stand, the followed one first. */
  edges(from: Stand): readonly WaitEdge[];
}

/**
 * Builds the wait-for graph. Nodes are threads that stand for their processes; edges lead to whoever can end a wait:
 * the thread joined, the owners of a lock, a child, the other end of a pipe or connection, the holder of a file lock.
 *
 * @param index the tree
 */
export function createWaitGraph(index: TreeIndex): WaitGraph {
  const stands = createStands(index);
  const memo = new Map<number, readonly WaitEdge[]>();
  const edges = (from: Stand): readonly WaitEdge[] => {
    const known = memo.get(from.thread.tid);
    if (known !== undefined) return known;
    // A stand that is asked about itself while its edges are being found is part of a cycle: the asker needs no answer.
    memo.set(from.thread.tid, []);
    const found = findEdges(from);
    memo.set(from.thread.tid, found);
    return found;
  };

  const findEdges = (from: Stand): readonly WaitEdge[] => {
    const { wait, process } = from;
    switch (wait.kind) {
      case "join":
        return threadEdge(wait.tid, "join");
      case "lock":
        return wait.ownerTid === undefined ? [] : threadEdge(wait.ownerTid, "mutex");
      case "inner":
        return ownerEdges(wait.owners);
      case "child":
        return childEdges(process, wait.pid, wait.pgid);
      case "vfork":
        return childEdges(process, undefined, undefined);
      case "file-lock":
        return standsOf(wait.holders.filter((pid) => pid !== process.pid)).map((to) => ({
          kind: "file-lock",
          to,
          isCertain: wait.everyMs === undefined && lockOwners(wait.holders, process.pid).length === 1 &&
            isSingleThreaded(to),
          isFollowed: false,
          isDirect: true,
        }));
      case "stream":
        return streamEdges(from, wait.file, wait.direction);
      case "loop":
        return loopEdges(from);
      default:
        return [];
    }
  };

  const threadEdge = (tid: number, kind: "join" | "mutex"): readonly WaitEdge[] => {
    const place = index.thread(tid);
    if (place === undefined || index.live(place.process.pid) === undefined) return [];
    const own = stands.ofThreadItself(place.process, place.thread);
    // Who holds a lock and is at work needs no other thread to explain it.
    const to = kind === "mutex" && own.wait.kind === "moving"
      ? own
      : stands.ofThread(place.process, place.thread);
    return [{ kind, to, isCertain: true, isFollowed: true, isDirect: to.thread === place.thread }];
  };

  /** All holders must let go of a lock; the trail goes on to one that is known for certain. */
  const ownerEdges = (owners: readonly LockOwner[]): readonly WaitEdge[] => {
    const ordered = owners.toSorted((a, b) => Number(b.isCertain) - Number(a.isCertain));
    return ordered.flatMap((owner) =>
      threadEdge(owner.tid, "mutex").map((edge) => ({ ...edge, isCertain: owner.isCertain }))
    ).map((edge, position) => ({ ...edge, isFollowed: position === 0 }));
  };

  const standsOf = (pids: readonly number[]): Stand[] => pids.flatMap((pid) => stands.of(pid) ?? []);

  const childEdges = (process: ProcessFacts, pid?: number, pgid?: number): readonly WaitEdge[] => {
    const children = index.liveChildren(process.pid)
      .filter((child) => pid === undefined || child.pid === pid)
      .filter((child) => pgid === undefined || child.pgid === pgid);
    const candidates = standsOf(children.map((child) => child.pid));
    const to = pickOne(process, candidates);
    if (to === undefined) return [];
    const rest = candidates.filter((other) => other !== to).map((other) => index.label(other.process.pid));
    const note = rest.length === 0
      ? undefined
      : `${index.label(process.pid)} has other live children too: ${listFew(rest)}`;
    return [{
      kind: "child",
      to,
      isCertain: candidates.length === 1,
      isFollowed: true,
      isDirect: true,
      note,
    }];
  };

  /** The end of a line of waits: of several, one that no other waits for. */
  const pickOne = (waiter: ProcessFacts, candidates: readonly Stand[]): Stand | undefined => {
    if (candidates.length < 2) return candidates[0];
    const awaited = new Set<number>();
    for (const candidate of candidates) {
      for (const pid of reach(candidate)) if (pid !== candidate.process.pid) awaited.add(pid);
    }
    const free = candidates.filter((candidate) => !awaited.has(candidate.process.pid));
    return orderCandidates(index, waiter, candidates).find((one) => free.length === 0 || free.includes(one));
  };

  /** The processes that a stand waits for, directly and through others. */
  const reach = (from: Stand): Set<number> => {
    const pids = new Set<number>();
    const seen = new Set<number>([from.thread.tid]);
    const pending = [from];
    for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
      for (const { to } of edges(next)) {
        pids.add(to.process.pid);
        if (seen.has(to.thread.tid)) continue;
        seen.add(to.thread.tid);
        pending.push(to);
      }
    }
    return pids;
  };

  const streamEdges = (from: Stand, file: FdFacts, direction: "read" | "write"): readonly WaitEdge[] => {
    const ownPid = from.process.pid;
    const pids = otherEnds(file, direction);
    // Whoever waits at the same end as this one does not keep it waiting.
    const others = standsOf(pids.filter((pid) => pid !== ownPid)).filter((to) =>
      !isAt(to.process, file.target, direction)
    );
    const isCertain = pids.length === 1 && file.endsCertain !== false;
    // Tokens come back when jobs end, whoever has the pipe open.
    if (direction === "read" && isJobServer(index, from.process, file)) return [];
    if (!isPipeLike(file)) return socketEdges(from, file, others, isCertain);
    const followed = pickOne(
      from.process,
      others.filter((to) => isDefinite(index, to) || isPipeline(file, from.process, to.process)),
    );
    const edge = (to: Stand): WaitEdge => ({
      kind: "stream",
      to,
      isCertain: isCertain && isSingleThreaded(to),
      isFollowed: to === followed,
      isDirect: true,
    });
    return [...others].sort((a, b) => Number(b === followed) - Number(a === followed)).map(edge);
  };

  /** A server that waits for something itself is who is to blame; an idle one is not. */
  const socketEdges = (
    from: Stand,
    file: FdFacts,
    others: readonly Stand[],
    isCertain: boolean,
  ): readonly WaitEdge[] => {
    const context = { index, stands, file, clientPid: from.process.pid, clientTid: from.thread.tid };
    const ends = otherEnds(file, "read");
    const isOwn = ends.length > 0 && ends.every((pid) => pid === from.process.pid);
    const servers = isOwn ? [from.process] : others.map(({ process }) => process);
    const stuck = orderCandidates(
      index,
      from.process,
      servers.flatMap(({ pid }) => stuckServer(context, pid) ?? []),
    );
    const edge = (to: Stand): WaitEdge => ({
      kind: "socket",
      to,
      isCertain: isCertain && isSingleThreaded(to),
      isFollowed: to === stuck[0],
      isDirect: true,
    });
    return [...stuck.slice(0, 1), ...others.filter(({ process }) => process !== stuck[0]?.process)].map(edge);
  };

  const loopEdges = (from: Stand): readonly WaitEdge[] => {
    const focus = from.loop?.focus;
    if (focus?.role === "child") {
      const to = stands.of(focus.pid);
      if (to === undefined) return [];
      return [{ kind: "child", to, isCertain: false, isFollowed: true, isDirect: true }];
    }
    if (focus?.role === "client" || focus?.role === "pipe" || focus?.role === "stdin") {
      return streamEdges(from, focus.file, "read").map((edge) => ({ ...edge, isCertain: false }));
    }
    if (focus?.role === "writer") {
      return streamEdges(from, focus.file, "write").map((edge) => ({ ...edge, isCertain: false }));
    }
    return [];
  };

  return { index, stands, edges };
}

/** Whether the thread that was chosen speaks for the whole process. */
function isSingleThreaded({ process }: Stand): boolean {
  return process.threads.length === 1;
}

function listFew(labels: readonly string[]): string {
  return listAll(labels.length > 4 ? [...labels.slice(0, 4), `${labels.length - 4} more`] : labels);
}
