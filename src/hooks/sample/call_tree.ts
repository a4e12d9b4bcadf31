import type { Frame, Stack } from "../../sample_document.ts";
import { frameKey } from "../collectors/fold_stacks.ts";

/** A frame, how often it was seen below its caller, and what it called then. */
export interface CallTreeNode {
  readonly frame: Frame;
  readonly count: number;
  /** The most frequent first. */
  readonly children: readonly CallTreeNode[];
}

interface Branch {
  readonly frame: Frame;
  count: number;
  readonly branches: Map<string, Branch>;
}

/**
 * Merges stacks into call trees: what they share from the outermost frame on becomes one node, which counts them all.
 *
 * @param stacks of one or many threads, from one or many snapshots
 * @returns the trees, outermost frames first and the most frequent first; frames that a stack ends at have a greater
 * count than their children together
 */
export function buildCallTree(stacks: Iterable<Stack>): CallTreeNode[] {
  const roots = new Map<string, Branch>();
  for (const stack of stacks) {
    let branches = roots;
    for (const frame of stack.frames.toReversed()) {
      const key = frameKey(frame);
      let branch = branches.get(key);
      if (branch === undefined) branches.set(key, branch = { frame, count: 0, branches: new Map() });
      branch.count += stack.count;
      branches = branch.branches;
    }
  }
  return nodesOf(roots);
}

function nodesOf(branches: ReadonlyMap<string, Branch>): CallTreeNode[] {
  return [...branches.values()]
    .sort((a, b) => b.count - a.count)
    .map(({ frame, count, branches }) => ({ frame, count, children: nodesOf(branches) }));
}
