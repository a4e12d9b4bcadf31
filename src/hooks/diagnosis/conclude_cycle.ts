import { describeStep, placeOf } from "./chain_links.ts";
import type { Facts } from "../facts.ts";
import { circleWords } from "./circle_words.ts";
import type { Conclusion } from "./conclusion.ts";
import { isAwake } from "./is_awake.ts";
import { isWatched } from "./is_watched.ts";
import { leafCause } from "./leaf_cause.ts";
import { edgeNotes } from "./lead_in.ts";
import { listAll } from "./list_all.ts";
import type { Stand } from "./stand.ts";
import type { TrailStep } from "./trace_waits.ts";
import { threadLabel } from "./thread_label.ts";
import type { TreeIndex } from "./tree_index.ts";
import { waitEvidence } from "./wait_evidence.ts";
import type { WaitGraph } from "./wait_graph.ts";

/**
 * The conclusion when processes wait for each other. A parent that waits for the exit of a child, which waits for the
 * parent at a pipe, is told as the child's wait: there the two meet, and there it is mended.
 *
 * @param graph the wait-for graph
 * @param steps from the started process into the cycle
 * @param cycle the part that closes on itself
 */
export function concludeCycle(
  graph: WaitGraph,
  steps: readonly TrailStep[],
  cycle: readonly TrailStep[],
): Conclusion {
  const { index } = graph;
  const confidence =
    isWatched(index.facts) && cycle.every(({ edge, stand }) => edge?.isCertain && isHeld(index.facts, stand))
      ? "proven"
      : "likely";
  const awaited = cycle.find(({ edge }) => edge?.kind === "child");
  const held = cycle.find(({ edge }) => edge?.kind === "stream" || edge?.kind === "socket");
  const isOneSided = awaited !== undefined && held !== undefined &&
    cycle.every((step) => step.edge?.kind !== "file-lock");
  const cause = isOneSided ? leafCause(index, held.stand).cause : "deadlock";
  const culprit = isOneSided ? held.stand : blamed(cycle);
  const ownSteps = stepsThrough(steps, culprit);
  const says = cycle.map((step) => `${index.label(step.stand.process.pid)} ${describeStep(index, step)}`);
  // That the main thread joins the one that is stuck makes no third party of it.
  const parties = cycle.filter(({ stand, edge }) =>
    edge?.kind !== "join" || edge.to.process !== stand.process
  );
  const circle = circleWords(index, parties.length > 1 ? parties : cycle);
  const isWithinOne = parties.length > 1 && parties.every((step) => step.stand.process === culprit.process);
  const summary = isOneSided
    ? `${index.label(culprit.process.pid)} ${describeStep(index, held)}${placeOf(culprit)}, while ${
      says[(cycle.indexOf(held) + 1) % cycle.length]
    }: neither can go on`
    : isWithinOne
    ? `${index.label(culprit.process.pid)} waits for itself: ${withinOne(index, parties)}`
    : circle.names.length === 1
    ? `${circle.clauses[0]}: neither can go on`
    : `${listAll(circle.names)} wait for each other: ${circle.clauses.join("; ")}`;
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
    advice: isOneSided ? undefined : adviceFor(cycle),
  };
}

/** What each thread waits for, where a process has connected to itself. */
function withinOne(index: TreeIndex, parties: readonly TrailStep[]): string {
  return parties.map((step) => {
    const { process, thread } = step.stand;
    const name = threadLabel(process, thread.tid).replace(/^the /, "");
    return `its ${name} ${describeStep(index, step, true)}${placeOf(step.stand)}`;
  }).join("; ");
}

/** Whether a process of a circle stays in its wait, and that without a limit. */
function isHeld(facts: Facts, { isCertain, thread, wait }: Stand): boolean {
  const endsByItself = "timeoutMs" in wait && wait.timeoutMs !== undefined;
  return isCertain && !endsByItself && thread.sameSyscall && !isAwake(facts, thread);
}

/**
 * Who of a circle is at what cannot go on: the first that wants to write or a lock, rather than those that only wait for
 * an end or for data; where all read, the last, from whom the others want something.
 */
function blamed(cycle: readonly TrailStep[]): Stand {
  const wants = cycle.find(({ stand }) => wantsToAct(stand));
  return (wants ?? cycle.findLast(({ edge }) => edge?.kind !== "child") ?? cycle[0]!).stand;
}

function wantsToAct({ wait, loop }: Stand): boolean {
  switch (wait.kind) {
    case "stream":
      return wait.direction === "write";
    case "file-lock":
    case "lock":
    case "fifo-open":
    case "connect":
      return true;
    case "inner":
      return wait.what !== "join";
    default:
      return loop?.focus.role === "writer" || loop?.focus.role === "connecting";
  }
}

/** What is particular to circles of several kinds of waits. */
function adviceFor(cycle: readonly TrailStep[]): string | undefined {
  const waits = cycle.map(({ stand }) => stand.wait);
  const goes = (direction: "read" | "write") =>
    waits.some((wait) => wait.kind === "stream" && wait.direction === direction);
  if (goes("read") && goes("write")) {
    return "Read both streams at the same time, or send one of them to a file: the one that is not read has filled up.";
  }
  // With two locks in the circle their order is what is wrong, whoever waits for whose exit in between.
  const locks = waits.filter((wait) => wait.kind === "file-lock");
  if (locks.length < 2 && cycle.some(({ edge }) => edge?.kind === "child")) {
    return "Before waiting for the child, release what the child needs.";
  }
  const wanted = waits.filter(({ kind }) => kind === "inner" || kind === "lock" || kind === "file-lock");
  return goes("read") && wanted.length === 1
    ? "Do not hold the lock while waiting for the answer: who is to answer needs it first."
    : undefined;
}

function stepsThrough(steps: readonly TrailStep[], stand: Stand): readonly TrailStep[] {
  const position = steps.findIndex((step) => step.stand === stand);
  return position < 0 ? steps : steps.slice(0, position + 1);
}
