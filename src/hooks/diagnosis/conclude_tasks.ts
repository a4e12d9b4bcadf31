import { placeOf } from "./chain_links.ts";
import type { Conclusion } from "./conclusion.ts";
import { edgeNotes, leadIn } from "./lead_in.ts";
import { listAll } from "./list_all.ts";
import type { TaskFacts } from "../language_facts.ts";
import { taskEvidence, taskLabel, taskWords } from "./task_words.ts";
import type { TrailStep } from "./trace_waits.ts";
import type { WaitGraph } from "./wait_graph.ts";

/**
 * The conclusion when tasks of the last process wait for each other.
 *
 * @param graph the wait-for graph
 * @param steps from the started process to that process
 * @param circle the tasks, each of which waits for the next
 */
export function concludeTasks(
  { index }: WaitGraph,
  steps: readonly TrailStep[],
  circle: readonly TaskFacts[],
): Conclusion {
  const culprit = steps.at(-1)!.stand;
  const { process } = culprit;
  const lead = leadIn(index, steps);
  const name = index.label(process.pid);
  const who = listAll(circle.map(taskLabel));
  return {
    cause: "deadlock",
    confidence: "likely",
    summary: circle.length === 1
      ? `${lead}${name}${lead === "" ? "" : ", which"} hangs: its ${who} ${
        taskWords(circle[0]!)
      }, which is itself${placeOf(culprit)}`
      : `${lead}${name}${lead === "" ? " hangs: its" : ", whose"} ${who} wait for each other${
        placeOf(culprit)
      }`,
    culprit,
    threads: [culprit.thread],
    tasks: circle,
    evidence: [...taskEvidence(process, circle[0]), ...edgeNotes(steps)],
    steps,
    isCircular: true,
    advice: circle.length === 1
      ? "Take no lock of asyncio twice, and await no task from within itself."
      : "Let one of these tasks go on without the other, or cancel one of them.",
  };
}
