import { describeStep } from "./chain_links.ts";
import { listAll } from "./list_all.ts";
import type { TrailStep } from "./trace_waits.ts";
import type { TreeIndex } from "./tree_index.ts";

/**
 * Tells a circle of waits. Parents that only wait for their children are told on the way ("waits, through run.sh, for
 * …"): what matters is who holds what.
 *
 * @param index the tree
 * @param cycle the steps of the circle
 * @returns who wait for each other, and a clause for each
 */
export function circleWords(
  index: TreeIndex,
  cycle: readonly TrailStep[],
): { readonly names: readonly string[]; readonly clauses: readonly string[] } {
  const label = ({ stand }: TrailStep): string => index.label(stand.process.pid);
  const groups = groupByLastWait(cycle);
  return {
    names: groups.map((group) => label(group[0]!)),
    clauses: groups.map((group) => {
      const [first, ...others] = group;
      const words = describeStep(index, group.at(-1)!);
      if (others.length === 0) return `${label(first!)} ${words}`;
      const rest = words.replace(/^waits /, "");
      if (rest !== words) return `${label(first!)} waits, through ${listAll(others.map(label))}, ${rest}`;
      const between = others.slice(0, -1).map(label);
      const through = between.length === 0 ? "" : `, through ${listAll(between)},`;
      return `${label(first!)} waits${through} for ${label(others.at(-1)!)}, which ${words}`;
    }),
  };
}

/** Cuts the circle behind every wait that is not one for a child. A circle of such waits alone is left as it is. */
function groupByLastWait(cycle: readonly TrailStep[]): TrailStep[][] {
  const isLast = (step: TrailStep): boolean => step.edge?.kind !== "child";
  const start = cycle.findLastIndex(isLast) + 1;
  const groups: TrailStep[][] = [];
  let group: TrailStep[] = [];
  for (const step of [...cycle.slice(start), ...cycle.slice(0, start)]) {
    group.push(step);
    if (!isLast(step)) continue;
    groups.push(group);
    group = [];
  }
  return group.length === 0 ? groups : [...groups, group];
}
