import { visibleText } from "../../visible_text.ts";
import type { Conclusion } from "./conclusion.ts";
import { leadIn } from "./lead_in.ts";
import { controlGroupOf } from "./starvation.ts";
import type { Trail } from "./trace_waits.ts";
import type { WaitGraph } from "./wait_graph.ts";

/**
 * The conclusion when a process on the way is in a control group that is frozen, as those of a paused container are:
 * whatever it seems to wait for, it could not go on.
 *
 * @param graph the wait-for graph
 * @param trail from the started process to the end
 * @returns undefined when none of them is frozen
 */
export function concludeFrozen({ index }: WaitGraph, trail: Trail): Conclusion | undefined {
  const { facts } = index;
  const groupOf = (pid: number): string | undefined => {
    const group = controlGroupOf(facts, pid);
    return group?.isFrozen === true ? visibleText(group.path) : undefined;
  };
  const first = trail.steps.findIndex(({ stand }) => groupOf(stand.process.pid) !== undefined);
  if (first < 0) return undefined;
  const steps = trail.steps.slice(0, first + 1);
  const culprit = steps.at(-1)!.stand;
  const { pid } = culprit.process;
  const lead = leadIn(index, steps);
  return {
    cause: "stopped",
    confidence: trail.steps.slice(0, first).every(({ edge }) => edge?.isCertain) ? "proven" : "likely",
    summary: `${lead}${index.label(pid)}${lead === "" ? "" : ", which"} is frozen with its control group ${
      groupOf(pid)
    }, as a paused container is, so that nothing in it runs`,
    culprit,
    threads: [culprit.thread],
    // That of the machine tells it.
    evidence: [],
    steps,
    isCircular: false,
    advice:
      "Unpause the container, or thaw the group (write 0 to its cgroup.freeze, or THAWED to its freezer.state).",
  };
}
