import { groupBy } from "../../../std/group_by.ts";
import type { TaskFacts } from "../../language_facts.ts";
import { describeGoWait } from "./describe_go_wait.ts";
import type { Goroutine } from "./goroutine.ts";

const MAX_TASKS = 500;

/**
 * Makes facts of goroutines. Those in the same place are one with a count, under the lowest number; the main goroutine,
 * which ends the program, stands for itself and comes first.
 *
 * @param goroutines those of the program
 * @returns at most 500, the most numerous kept
 */
export function toGoTasks(goroutines: readonly Goroutine[]): TaskFacts[] {
  const ordered = goroutines.toSorted((a, b) => a.id - b.id);
  const groups = [
    ...groupBy(ordered, ({ id, state, frames }) => JSON.stringify([id === 1, kindOfState(state), frames]))
      .values(),
  ];
  const kept = groups.length <= MAX_TASKS
    ? groups
    : groups.toSorted((a, b) => Number(b[0]!.id === 1) - Number(a[0]!.id === 1) || b.length - a.length)
      .slice(0, MAX_TASKS).sort((a, b) => a[0]!.id - b[0]!.id);
  return kept.map((group): TaskFacts => {
    const { id, state, frames } = group[0]!;
    return {
      kind: "goroutine",
      language: "go",
      id: String(id),
      name: id === 1 ? "main" : frames.at(-1)?.function ?? "goroutine",
      state,
      count: group.length,
      frames,
      waitsFor: describeGoWait(state, frames),
    };
  });
}

/** For how long does not tell places apart. */
function kindOfState(state: string): string {
  return state.replace(/, \d+ minutes/, "");
}
