import type { Frame } from "../../sample_document.ts";
import type { ProcessFacts } from "../facts.ts";
import { idleTracer } from "./idle_tracer.ts";
import { isIdleService, type Stand } from "./stand.ts";
import { isLibrary, ownFrames } from "./source_place.ts";
import { isPipeLike, otherEnds } from "./streams.ts";
import type { TreeIndex } from "./tree_index.ts";
import { waitScore } from "./wait_score.ts";

/**
 * Orders processes of which one keeps another waiting: one that its tracer left stopped comes first,
 * those that wait for work themselves come last; of the workers of one pool the one whose wait explains most comes first, of different programs the one that was started last.
 *
 * @param index the tree
 * @param waiter who waits for them
 * @param candidates where they stand
 * @returns the most probable first
 */
export function orderCandidates(
  index: TreeIndex,
  waiter: ProcessFacts,
  candidates: readonly Stand[],
): readonly Stand[] {
  if (candidates.length < 2) return candidates;
  const givers = candidates.filter((stand) => isIdleService(stand) || readsFrom(stand, waiter.pid));
  const isAtWork = (stand: Stand): boolean => !givers.includes(stand) && !isInLineBehind(stand, givers);
  const isPool = new Set(candidates.map(({ process }) => process.exe ?? process.name)).size === 1;
  const score = new Map(
    candidates.map((stand) => [stand, isPool && isAtWork(stand) ? waitScore(index, stand) : 0]),
  );
  const isLeft = ({ process }: Stand): number => Number(idleTracer(index, process) !== undefined);
  return candidates.toSorted((a, b) =>
    isLeft(b) - isLeft(a) || Number(isAtWork(b)) - Number(isAtWork(a)) || score.get(b)! - score.get(a)! ||
    b.process.startTime - a.process.startTime || b.process.pid - a.process.pid
  );
}

/**
 * Whether a process waits for what another one is to send it through a pipe, as workers wait for work.
 *
 * @param stand where it stands
 * @param pid the other
 */
export function readsFrom({ wait, loop }: Stand, pid: number): boolean {
  const focus = loop?.focus;
  const file = wait.kind === "stream" && wait.direction === "read"
    ? wait.file
    : focus?.role === "pipe" || focus?.role === "stdin"
    ? focus.file
    : undefined;
  return file !== undefined && isPipeLike(file) && otherEnds(file, "read").includes(pid);
}

/** Whether a worker waits for the turn of another one that waits for work: for its lock, or in the same function. */
function isInLineBehind(stand: Stand, givers: readonly Stand[]): boolean {
  const { wait } = stand;
  if (wait.kind === "file-lock") {
    return wait.holders.length > 0 &&
      wait.holders.every((pid) =>
        pid === stand.process.pid || givers.some(({ process }) => process.pid === pid)
      );
  }
  const isForTurn = (wait.kind === "lock" && wait.ownerTid === undefined) ||
    (wait.kind === "inner" && wait.owners.length === 0);
  if (!isForTurn) return false;
  return givers.some((giver) => giver.process !== stand.process && isInSameCall(stand, giver));
}

/** Whether two threads have come to wait by the same function of a library or of the program. */
function isInSameCall(one: Stand, other: Stand): boolean {
  const own = callsOf(one);
  // The lock may be taken by a method of its own, such as `__enter__`.
  const place = own[0] !== undefined && isLibrary(own[0]) ? own.slice(0, 2) : own.slice(0, 1);
  const theirs = callsOf(other);
  return place.some((frame) =>
    theirs.some((their) => their.function === frame.function && their.file === frame.file)
  );
}

function callsOf({ thread }: Stand): readonly Frame[] {
  return thread.stacks.find(({ language }) => language !== "native")?.frames ?? ownFrames(thread, Infinity);
}
