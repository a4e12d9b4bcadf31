import type { Confidence } from "../../sample_document.ts";
import { formatDuration } from "../../duration.ts";
import { chainLinks, placeOf } from "./chain_links.ts";
import { concludeCycle } from "./conclude_cycle.ts";
import { concludeTasks } from "./conclude_tasks.ts";
import { concludeThreads } from "./conclude_threads.ts";
import type { Conclusion } from "./conclusion.ts";
import { adviseGone, forkedFrom, goneOwner } from "./gone_owner.ts";
import { idleTracer } from "./idle_tracer.ts";
import { isJobServer } from "./job_server.ts";
import { isProvenTrail } from "./is_proven_trail.ts";
import { idleRest } from "./idle_rest.ts";
import { type CauseReading, leafCause } from "./leaf_cause.ts";
import { edgeNotes, leadIn } from "./lead_in.ts";
import { findThreadCycle } from "./thread_cycle.ts";
import { findPauseLoop, type PauseLoop } from "./pause_loop.ts";
import type { Stand } from "./stand.ts";
import type { Trail, TrailStep } from "./trace_waits.ts";
import type { TreeIndex } from "./tree_index.ts";
import { waitEvidence } from "./wait_evidence.ts";
import type { WaitGraph } from "./wait_graph.ts";

/**
 * Draws the conclusion from a trail. In order: threads that wait for each other in the process at its end, processes
 * that wait for each other, tasks that do, and the wait of the last process.
 *
 * @param graph the wait-for graph
 * @param trail from the started process to the end
 */
export function conclude(graph: WaitGraph, trail: Trail): Conclusion {
  const last = trail.steps.at(-1)!.stand;
  const threads = last.wait.kind === "stopped" ? undefined : findThreadCycle(graph, last.process);
  if (threads !== undefined) return concludeThreads(graph, trail, threads);
  if (trail.cycle !== undefined) return concludeCycle(graph, trail.steps, trail.cycle);
  const { tasks } = last;
  if (tasks?.circle !== undefined) return concludeTasks(graph, trail.steps, tasks.circle);
  return concludeLeaf(graph, trail.steps);
}

function concludeLeaf(graph: WaitGraph, steps: readonly TrailStep[]): Conclusion {
  const pauses = findPauseLoop(steps);
  if (pauses !== undefined) return concludePauses(graph, steps, pauses);
  const culprit = steps.at(-1)!.stand;
  const reading = leafCause(graph.index, culprit);
  const lead = leadIn(graph.index, steps);
  const own = chainLinks(graph.index, steps).at(-1)!;
  return {
    cause: reading.cause,
    confidence: lowered(graph, reading, steps),
    summary: `${lead}${graph.index.label(own.pid)}${lead === "" ? "" : ", which"} ${own.waits}`,
    addition: idleRest(graph, culprit),
    culprit,
    threads: [culprit.thread],
    evidence: [...waitEvidence(graph, culprit), ...edgeNotes(steps)],
    steps,
    isCircular: false,
    advice: leafAdvice(graph.index, culprit),
  };
}

function leafAdvice(index: TreeIndex, { process, wait }: Stand): string | undefined {
  if (wait.kind === "inner" && wait.owners.length === 0 && /ReadWriteLock/.test(wait.on?.type ?? "")) {
    return "Look for who holds the lock for reading: whoever wants to write must release its own read lock first.";
  }
  if (wait.kind === "lock" && wait.goneOwnerTid !== undefined) {
    return adviseGone(goneOwner(index, process, wait.goneOwnerTid));
  }
  if (wait.kind === "stream" && wait.direction === "read" && isJobServer(index, process, wait.file)) {
    return "Look for who took a token and did not put it back: a job that failed or was ended; a job that make started may run one step without any.";
  }
  if (wait.kind === "stopped" && idleTracer(index, process) !== undefined) {
    return `Let ${
      index.label(process.tracerPid)
    } detach from it or continue it on every way out (PTRACE_DETACH, PTRACE_CONT), also when a look fails.`;
  }
  const isCopied = wait.kind === "inner" && wait.what === "lock" && wait.owners.length === 0 &&
    forkedFrom(index, process) !== undefined;
  return isCopied
    ? "Start children by spawn instead of fork, or before other threads can hold locks."
    : undefined;
}

/** A short sleep is not what takes the time: whoever makes the pauses is to blame. */
function concludePauses(
  graph: WaitGraph,
  steps: readonly TrailStep[],
  { step, durationMs }: PauseLoop,
): Conclusion {
  const { index } = graph;
  const culprit = step.stand;
  const { process } = culprit;
  const lead = leadIn(index, steps.slice(0, steps.indexOf(step) + 1));
  const sleeper = steps.at(-1)!.stand;
  const evidence = waitEvidence(graph, culprit);
  const isOwn = sleeper.process === process;
  if (!isOwn) {
    const { pid, ageMs } = sleeper.process;
    evidence.unshift(`Its child ${index.label(pid)} was started only ${formatDuration(ageMs)} before`);
  }
  const written = process.io?.writtenBytes ?? 0;
  const progress = written > 0
    ? `it goes on between the pauses, for it wrote ${written} bytes while it was watched`
    : "it seems to look again and again for something that does not come";
  const means = isOwn ? "" : ` (${index.program(sleeper.process.pid)})`;
  const times = durationMs < 1 ? "for less than a millisecond" : `for ${formatDuration(durationMs)}`;
  return {
    cause: "sleep",
    confidence: "likely",
    summary: `${lead}${index.label(process.pid)}${
      lead === "" ? "" : ", which"
    } pauses ${times} at a time${means} and has run for ${formatDuration(process.ageMs)}: ${progress}${
      placeOf(culprit)
    }`,
    culprit,
    threads: [culprit.thread],
    evidence: [...evidence, ...edgeNotes(steps)],
    steps,
    isCircular: false,
    advice: "Find out what the loop waits for, and give it a limit after which it gives up and says so.",
  };
}

function lowered(graph: WaitGraph, { confidence }: CauseReading, steps: readonly TrailStep[]): Confidence {
  return confidence === "proven" && !isProvenTrail(graph, steps) ? "likely" : confidence;
}
