import { formatDuration } from "../../duration.ts";
import type { FdFacts, ProcessFacts } from "../facts.ts";
import { conclude } from "./conclude.ts";
import type { Conclusion } from "./conclusion.ts";
import { describeWait } from "./describe_wait.ts";
import { traceWaits } from "./trace_waits.ts";
import { waitEvidence } from "./wait_evidence.ts";
import type { WaitGraph } from "./wait_graph.ts";

/**
 * Draws the conclusion when the started process has exited: whoever of its tree keeps its output open, else what the
 * first of those that are left waits for.
 *
 * @param graph the wait-for graph
 * @returns undefined when nothing of the tree is left
 */
export function concludeExited(graph: WaitGraph): Conclusion | undefined {
  const { index, stands } = graph;
  const left = index.facts.processes.flatMap((process) => stands.of(process.pid) ?? []);
  const holders = left.filter(({ process }) => heldOutput(process, index.facts.outputPipes) !== undefined);
  const holder = holders[0];
  if (holder === undefined) {
    const first = left[0];
    if (first === undefined) return undefined;
    const conclusion = conclude(graph, traceWaits(graph, first));
    return {
      ...conclusion,
      summary: `The started program has exited but left processes behind; ${conclusion.summary}`,
    };
  }
  const { process } = holder;
  const held = heldOutput(process, index.facts.outputPipes)!;
  const others = holders.slice(1).map((other) => index.label(other.process.pid));
  return {
    cause: "output-held",
    confidence: "proven",
    summary: `The started program has exited, but ${
      index.label(process.pid)
    } still holds its output open, so whoever reads the output sees no end; it ${
      describeWait(index, holder)
    }`,
    culprit: holder,
    threads: [holder.thread],
    evidence: [
      `Its descriptor ${held.fd} is ${held.target}, the output of the started program`,
      `It has run for ${formatDuration(process.ageMs)}`,
      ...(others.length === 0 ? [] : [`The same output is held by ${others.slice(0, 4).join(", ")} too`]),
      ...waitEvidence(graph, holder),
    ],
    steps: [{ stand: holder }],
    isCircular: false,
  };
}

function heldOutput(process: ProcessFacts, outputPipes: readonly string[]): FdFacts | undefined {
  return process.fds.find((file) => outputPipes.includes(file.target) && file.access !== "read");
}
