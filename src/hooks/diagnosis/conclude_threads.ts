import type { ThreadFacts } from "../facts.ts";
import type { Conclusion } from "./conclusion.ts";
import { threadLabel } from "./thread_label.ts";
import { edgeNotes, leadIn } from "./lead_in.ts";
import { listAll } from "./list_all.ts";
import { frameText, ownFrames } from "./source_place.ts";
import type { ThreadCycle } from "./thread_cycle.ts";
import type { Trail } from "./trace_waits.ts";
import type { WaitGraph } from "./wait_graph.ts";

/** Of a larger circle the rest looks the same. */
const THREADS_TOLD = 8;

/**
 * The conclusion when threads of the last process wait for each other's locks.
 *
 * @param graph the wait-for graph
 * @param trail from the started process to that process
 * @param cycle the threads
 */
export function concludeThreads(graph: WaitGraph, trail: Trail, cycle: ThreadCycle): Conclusion {
  const { process, threads, isProven } = cycle;
  const name = graph.index.label(process.pid);
  const names = threads.map((thread) => threadLabel(process, thread.tid));
  const first = trail.steps.findIndex((step) => step.stand.process.pid === process.pid);
  const steps = trail.steps.slice(0, first + 1);
  const lead = leadIn(graph.index, steps);
  const evidence = threads.slice(0, THREADS_TOLD).map((thread) => {
    const label = threadLabel(process, thread.tid);
    return label.charAt(0).toUpperCase() + label.slice(1) + heldAndPlace(cycle, thread);
  });
  if (!isProven) {
    evidence.push("Who holds these locks cannot be read; no other thread is awake that could release them");
  }
  return {
    cause: "deadlock",
    confidence: isProven ? "proven" : "likely",
    summary: threads.length === 1
      ? `${lead}${name}${lead === "" ? "" : ", which"} waits for a mutex in ${
        names[0]
      }, which holds it itself`
      : `${lead}${name}${lead === "" ? "" : ","} ${lead === "" ? "hangs: its" : "whose"} ${
        listAll(names.map((label) => label.replace(/^the /, "")))
      } wait for each other's locks`,
    culprit: { ...trail.steps[first]!.stand, thread: threads[0]! },
    threads,
    evidence: [...evidence, ...edgeNotes(steps)],
    steps,
    isCircular: true,
  };
}

function heldAndPlace({ process }: ThreadCycle, thread: ThreadFacts): string {
  const wait = thread.syscall?.wait;
  const owner = wait?.kind === "futex" ? wait.ownerTid ?? wait.joinsTid : undefined;
  const frames = ownFrames(thread, 3).map(frameText);
  const place = frames.length === 0 ? "" : `, at ${frames.join(", called by ")}`;
  if (owner === undefined) return ` waits for a lock${place}`;
  const what = wait?.kind === "futex" && wait.joinsTid !== undefined ? "the end of" : "a mutex held by";
  return ` waits for ${what} ${threadLabel(process, owner)}${place}`;
}
