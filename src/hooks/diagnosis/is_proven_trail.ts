import { isAwake } from "./is_awake.ts";
import { isJobServer } from "./job_server.ts";
import { TICK_MS } from "./read_handle.ts";
import type { Stand } from "./stand.ts";
import { otherEnds } from "./streams.ts";
import type { TrailStep } from "./trace_waits.ts";
import type { WaitGraph } from "./wait_graph.ts";
import { waitScore } from "./wait_score.ts";

/** From this score on another thread of a process waits for, or does, something that could be the reason as well. */
const RIVAL_SCORE = 41;

/**
 * Whether the facts allow no other reading of a trail than the wait at its end: nothing on the way was chosen among
 * several, no thread beside it could be the reason, and the last one is stuck for good rather than for a moment.
 *
 * @param graph the wait-for graph
 * @param steps from the started process to the one to blame
 */
export function isProvenTrail(graph: WaitGraph, steps: readonly TrailStep[]): boolean {
  const { facts } = graph.index;
  const isCertain = steps.every(({ stand, edge }) => stand.isCertain && (edge?.isCertain ?? true));
  if (!isCertain || hasRivals(graph, steps)) return false;
  const last = steps.at(-1)!.stand;
  const { wait, thread, process } = last;
  if (wait.kind !== "busy" && wait.kind !== "stopped" && isAwake(facts, thread)) return false;
  if (process.ageMs < facts.windowMs && steps.length > 1) return false;
  return !endsByItself(graph, last);
}

/** Whether a thread of one of the processes, other than those of the trail, could keep it from going on. */
function hasRivals({ index, stands }: WaitGraph, steps: readonly TrailStep[]): boolean {
  const told = new Set(steps.map(({ stand }) => stand.thread.tid));
  return steps.some(({ stand: { process } }) =>
    process.threads.some((thread) => {
      if (told.has(thread.tid) || thread.language?.isInternal === true) return false;
      const stand = stands.ofThreadItself(process, thread);
      return !isHeldUpBy(told, stand) && waitScore(index, stand) >= RIVAL_SCORE;
    })
  );
}

/** Who waits for a thread of the trail is kept waiting by it, not the other way round. */
function isHeldUpBy(told: ReadonlySet<number>, { wait }: Stand): boolean {
  if (wait.kind === "lock") return wait.ownerTid !== undefined && told.has(wait.ownerTid);
  return wait.kind === "inner" && wait.owners.some(({ tid }) => told.has(tid));
}

/** What has a limit, what others are about to give, and what is given back by whoever has it may be but a moment. */
function endsByItself({ index, stands }: WaitGraph, { process, wait }: Stand): boolean {
  if (wait.kind === "sleep") return wait.durationMs !== undefined && wait.durationMs < TICK_MS;
  if (wait.kind !== "stream") return false;
  if (wait.timeoutMs !== undefined || isJobServer(index, process, wait.file)) return true;
  return otherEnds(wait.file, wait.direction).some((pid) => {
    const other = pid === process.pid ? undefined : stands.of(pid);
    return other !== undefined && (other.wait.kind === "moving" || isAwake(index.facts, other.thread));
  });
}
