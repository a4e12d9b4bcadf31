import type { Cause, Confidence } from "../../sample_document.ts";
import { chainLinks, describeStep, placeOf } from "./chain_links.ts";
import { threadLabel } from "./describe_wait.ts";
import { type CauseReading, leafCause } from "./leaf_cause.ts";
import { frameText, ownFrames } from "./source_place.ts";
import type { Stand } from "./stand.ts";
import { findThreadCycle, type ThreadCycle } from "./thread_cycle.ts";
import type { Trail, TrailStep } from "./trace_waits.ts";
import { waitEvidence } from "./wait_evidence.ts";
import type { WaitGraph } from "./wait_graph.ts";
import type { ThreadFacts } from "../facts.ts";

/** What a trail comes to. */
export interface Conclusion {
  readonly cause: Cause;
  readonly confidence: Confidence;
  readonly summary: string;
  readonly culprit: Stand;
  /** The threads to blame: those of a cycle, else the culprit's. */
  readonly threads: readonly ThreadFacts[];
  readonly evidence: readonly string[];
  readonly steps: readonly TrailStep[];
  readonly isCircular: boolean;
}

/**
 * Draws the conclusion from a trail. In order: threads that wait for each other in the process at its end, processes
 * that wait for each other, a wait that only the waiting process itself could end, and the wait of the last process.
 *
 * @param graph the wait-for graph
 * @param trail from the started process to the end
 */
export function conclude(graph: WaitGraph, trail: Trail): Conclusion {
  const last = trail.steps.at(-1)!.stand;
  const threads = last.wait.kind === "stopped" ? undefined : findThreadCycle(graph, last.process);
  if (threads !== undefined) return concludeThreads(graph, trail, threads);
  if (trail.cycle === undefined) return concludeLeaf(graph, trail.steps);
  return concludeCycle(graph, trail.steps, trail.cycle);
}

function concludeThreads(graph: WaitGraph, trail: Trail, cycle: ThreadCycle): Conclusion {
  const { process, threads, isProven } = cycle;
  const name = graph.index.label(process.pid);
  const names = threads.map((thread) => threadLabel(process, thread.tid));
  const steps = stepsTo(trail.steps, process.pid);
  const waits = threads.length === 1
    ? `waits in ${names[0]} for a mutex that this thread holds itself`
    : undefined;
  const lead = leadIn(graph, steps);
  const summary = lead === ""
    ? waits === undefined
      ? `The threads ${listAll(names)} of ${name} wait for each other's locks`
      : `${name} ${waits}`
    : `${lead}${name}, ${
      waits === undefined ? `whose threads ${listAll(names)} wait for each other's locks` : `which ${waits}`
    }`;
  const evidence = threads.map((thread) => {
    const owner = thread.syscall?.wait?.kind === "futex" ? thread.syscall.wait.ownerTid : undefined;
    const held = owner === undefined
      ? "is inside a lock function"
      : `waits for a mutex held by ${threadLabel(process, owner)}`;
    const frames = ownFrames(thread, 3).map(frameText);
    const label = threadLabel(process, thread.tid);
    return `${label.charAt(0).toUpperCase()}${label.slice(1)} ${held}${
      frames.length === 0 ? "" : `, at ${frames.join(", called by ")}`
    }`;
  });
  if (!isProven) {
    evidence.push("Who holds these locks cannot be read; no other thread is awake that could release them");
  }
  const first = threads[0]!;
  return {
    cause: "deadlock",
    confidence: isProven ? "proven" : "likely",
    summary,
    culprit: { ...trail.steps.at(-1)!.stand, thread: first },
    threads,
    evidence: [...evidence, ...edgeNotes(steps)],
    steps,
    isCircular: true,
  };
}

function concludeCycle(
  graph: WaitGraph,
  steps: readonly TrailStep[],
  cycle: readonly TrailStep[],
): Conclusion {
  const { index } = graph;
  const confidence =
    cycle.every(({ edge, stand }) => edge?.isCertain && stand.isCertain && stand.thread.sameSyscall)
      ? "proven"
      : "likely";
  const awaited = cycle.find(({ edge }) => edge?.kind === "child");
  const held = cycle.find(({ edge }) => edge?.kind === "stream" || edge?.kind === "socket");
  const isOneSided = awaited !== undefined && held !== undefined &&
    cycle.every((step) => step.edge?.kind !== "file-lock");
  const cause = isOneSided ? leafCause(index, held.stand).cause : "deadlock";
  const culprit = isOneSided ? held.stand : cycle[0]!.stand;
  const ownSteps = stepsThrough(steps, culprit);
  const says = cycle.map((step) => `${index.label(step.stand.process.pid)} ${describeStep(index, step)}`);
  const summary = isOneSided
    ? `${index.label(culprit.process.pid)} ${describeStep(index, held)}${placeOf(culprit)}, while ${
      says[(cycle.indexOf(held) + 1) % cycle.length]
    }: neither can go on`
    : `${listAll(cycle.map((step) => index.label(step.stand.process.pid)))} wait for each other: ${
      says.join("; ")
    }`;
  const evidence = isOneSided ? waitEvidence(graph, culprit) : [
    ...says.map((text, position) => text + placeOf(cycle[position]!.stand)),
    ...waitEvidence(graph, culprit).slice(0, 1),
  ];
  return {
    cause,
    confidence,
    summary,
    culprit,
    threads: isOneSided ? [culprit.thread] : cycle.map((step) => step.stand.thread),
    evidence: [...evidence, ...edgeNotes(ownSteps)],
    steps: isOneSided ? ownSteps : steps,
    isCircular: true,
  };
}

function concludeLeaf(graph: WaitGraph, steps: readonly TrailStep[]): Conclusion {
  const culprit = steps.at(-1)!.stand;
  const reading = leafCause(graph.index, culprit);
  const links = chainLinks(graph.index, steps);
  const own = links.at(-1)!;
  return {
    cause: reading.cause,
    confidence: lowered(reading, steps),
    summary: `${leadIn(graph, steps)}${graph.index.label(own.pid)}${
      steps.length > 1 && links.length > 1 ? ", which" : ""
    } ${own.waits}`,
    culprit,
    threads: [culprit.thread],
    evidence: [...waitEvidence(graph, culprit), ...edgeNotes(steps)],
    steps,
    isCircular: false,
  };
}

/** What is uncertain on the way makes the end uncertain; a process that wakes up is not proven to be stuck. */
function lowered({ confidence }: CauseReading, steps: readonly TrailStep[]): Confidence {
  if (confidence !== "proven") return confidence;
  const isCertain = steps.every(({ stand, edge }) => stand.isCertain && (edge?.isCertain ?? true));
  const { wait, thread } = steps.at(-1)!.stand;
  const isAwake = wait.kind !== "busy" && wait.kind !== "stopped" && (thread.wakeups ?? 0) > 0;
  return isCertain && !isAwake ? "proven" : "likely";
}

/** "ci.sh waits, through plan.pl and step.sh, for " before the one to blame; nothing when it is the started process. */
function leadIn({ index }: WaitGraph, steps: readonly TrailStep[]): string {
  const programs = chainLinks(index, steps).map((link) => link.program);
  if (programs.length < 2) return "";
  const between = programs.slice(1, -1);
  return `${programs[0]} waits${between.length === 0 ? "" : `, through ${listAll(between)},`} for `;
}

function edgeNotes(steps: readonly TrailStep[]): string[] {
  return steps.flatMap(({ edge }) => edge?.note ?? []);
}

function stepsTo(steps: readonly TrailStep[], pid: number): readonly TrailStep[] {
  const first = steps.findIndex((step) => step.stand.process.pid === pid);
  return first < 0 ? steps : steps.slice(0, first + 1);
}

function stepsThrough(steps: readonly TrailStep[], stand: Stand): readonly TrailStep[] {
  const position = steps.findIndex((step) => step.stand === stand);
  return position < 0 ? steps : steps.slice(0, position + 1);
}

function listAll(names: readonly string[]): string {
  return names.length < 2 ? names.join("") : `${names.slice(0, -1).join(", ")} and ${names.at(-1)}`;
}
