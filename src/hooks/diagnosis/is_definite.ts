import type { Stand } from "./stand.ts";
import { isUnfedInput } from "./streams.ts";
import type { TreeIndex } from "./tree_index.ts";

/**
 * Whether a process waits for one thing, whatever it is; an idle loop over several things is not followed.
 *
 * @param index the tree
 * @param stand where it stands
 */
export function isDefinite(index: TreeIndex, { wait, loop, process }: Stand): boolean {
  if (loop === undefined) return !["accept", "ended", "other", "moving"].includes(wait.kind);
  switch (loop.focus.role) {
    case "child":
    case "connecting":
    case "timer":
    case "writer":
      return true;
    case "stdin":
      return isUnfedInput(index, process, loop.focus.file);
    case "client":
      return loop.rivals === 0;
    default:
      return false;
  }
}
