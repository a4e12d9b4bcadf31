import { chainLinks } from "./chain_links.ts";
import { listAll } from "./list_all.ts";
import type { TrailStep } from "./trace_waits.ts";
import type { TreeIndex } from "./tree_index.ts";

/**
 * The beginning of a sentence that ends with the process to blame: `ci.sh waits, through plan.pl and step.sh, for `.
 *
 * @param index the tree
 * @param steps from the started process to the one to blame
 * @returns nothing when these are the same
 */
export function leadIn(index: TreeIndex, steps: readonly TrailStep[]): string {
  const programs = chainLinks(index, steps).map((link) => link.program);
  if (programs.length < 2) return "";
  const between = programs.slice(1, -1);
  return `${programs[0]} waits${between.length === 0 ? "" : `, through ${listAll(between)},`} for `;
}

/**
 * What else could have been chosen on the way.
 *
 * @param steps the way
 * @returns sentences
 */
export function edgeNotes(steps: readonly TrailStep[]): string[] {
  return steps.flatMap(({ edge }) => edge?.note ?? []);
}
