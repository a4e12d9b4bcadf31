import type { Facts } from "../facts.ts";
import { isAwake } from "./is_awake.ts";
import type { Stand } from "./stand.ts";
import type { WaitEdge, WaitGraph } from "./wait_graph.ts";

/** One step of a trail: who waits, and the edge by which the trail goes on. */
export interface TrailStep {
  readonly stand: Stand;
  readonly edge?: WaitEdge | undefined;
}

/** Who waits for whom, from the start to the end; `cycle` is the part that closes on itself. */
export interface Trail {
  readonly steps: readonly TrailStep[];
  /** The steps of the cycle in order, the first one met first; its last edge leads to its first step. */
  readonly cycle?: readonly TrailStep[] | undefined;
}

/**
 * Follows the waits from one stand to the one that waits for nobody in the tree, or finds the cycle that they end in.
 * Edges that do not move the cause (locks of files, sockets) are followed for cycles only.
 *
 * @param graph the wait-for graph
 * @param start where to begin
 */
export function traceWaits(graph: WaitGraph, start: Stand): Trail {
  const steps: TrailStep[] = [];
  const positions = new Map<number, number>();
  for (let stand: Stand | undefined = start; stand !== undefined;) {
    positions.set(stand.thread.tid, steps.length);
    const edge: WaitEdge | undefined = graph.edges(stand).find((candidate) => candidate.isFollowed);
    steps.push({ stand, edge });
    if (edge === undefined) break;
    const met = positions.get(edge.to.thread.tid);
    if (met !== undefined) {
      const cycle = steps.slice(met);
      if (isOfWaits(graph, cycle)) return { steps, cycle };
      steps[steps.length - 1] = { stand };
      return { steps };
    }
    stand = edge.to;
  }
  const closed = closeCycle(graph, steps, positions);
  return closed ?? { steps };
}

/** A step to a thread that only explains an idle one closes nothing, and neither does a wait that has ended in between. */
function isOfWaits({ index: { facts } }: WaitGraph, cycle: readonly TrailStep[]): boolean {
  return cycle.every(({ stand, edge }) => edge?.isDirect && !hasEndedBetween(facts, stand));
}

/** Who waits for one thing without a limit is awake only when that has come. */
function hasEndedBetween(facts: Facts, { thread, wait }: Stand): boolean {
  const isPlain = wait.kind === "lock" || wait.kind === "stream";
  return isPlain && wait.timeoutMs === undefined && isAwake(facts, thread);
}

/** Looks from the last step, along all edges, for a way back to a step of the trail. */
function closeCycle(
  graph: WaitGraph,
  steps: readonly TrailStep[],
  positions: ReadonlyMap<number, number>,
): Trail | undefined {
  const last = steps.at(-1)!;
  const ways: TrailStep[][] = graph.edges(last.stand).map((edge) => [{ stand: last.stand, edge }]);
  const seen = new Set<number>();
  for (let way = ways.shift(); way !== undefined; way = ways.shift()) {
    const to = way.at(-1)!.edge!.to;
    const met = positions.get(to.thread.tid);
    if (met !== undefined) {
      const whole = [...steps.slice(0, -1), ...way];
      const cycle = whole.slice(met);
      // A loop that could be woken by others too, or by nobody at all, proves no cycle.
      if (
        isOfWaits(graph, cycle) &&
        cycle.every(({ stand, edge }) =>
          stand.loop === undefined || stand.loop.focus.role === "writer" || edge?.kind === "child"
        )
      ) {
        return { steps: whole, cycle };
      }
      continue;
    }
    if (seen.has(to.thread.tid)) continue;
    seen.add(to.thread.tid);
    for (const edge of graph.edges(to)) ways.push([...way, { stand: to, edge }]);
  }
  return undefined;
}
