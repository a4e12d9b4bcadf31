import { frameText } from "../diagnosis/source_place.ts";
import type { Stack } from "../../sample_document.ts";

interface CallNode {
  readonly text: string;
  count: number;
  readonly children: Map<string, CallNode>;
}

/** Lines of one call tree; a runaway recursion is cut in the middle, its ends tell the story. */
const MAX_LINES = 48;

/**
 * Folds stacks of one language into a call tree: the caller above what it calls, in how many looks it was seen in front.
 * The tree is indented where it branches only, so that a deep stack stays readable; repeated frames are counted.
 *
 * @param stacks stacks of one thread in one language
 * @returns lines without indent
 */
export function renderCallTree(stacks: readonly Stack[]): string[] {
  const root: CallNode = { text: "", count: 0, children: new Map() };
  for (const stack of stacks) {
    let node = root;
    for (const text of foldRecursion(stack.frames.map(frameText).toReversed())) {
      let child = node.children.get(text);
      if (child === undefined) {
        child = { text, count: 0, children: new Map() };
        node.children.set(text, child);
      }
      child.count += stack.count;
      node = child;
    }
  }
  const lines: string[] = [];
  // An explicit stack: recorded stacks may be deeper than ours may grow.
  const pending = [...root.children.values()].reverse().map((node) => ({ node, depth: 0 }));
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    lines.push(`${"  ".repeat(Math.min(next.depth, 20))}${next.node.count} ${next.node.text}`);
    const children = [...next.node.children.values()].sort((a, b) => a.count - b.count);
    const depth = next.depth + (children.length > 1 ? 1 : 0);
    for (const node of children) pending.push({ node, depth });
  }
  if (lines.length <= MAX_LINES) return lines;
  const half = MAX_LINES / 2;
  return [...lines.slice(0, half), `… ${lines.length - MAX_LINES} more …`, ...lines.slice(-half)];
}

function foldRecursion(frames: readonly string[]): string[] {
  const folded: string[] = [];
  let repeated = 0;
  for (const [position, frame] of frames.entries()) {
    repeated++;
    if (frames[position + 1] === frame) continue;
    folded.push(repeated === 1 ? frame : `${frame} × ${repeated}`);
    repeated = 0;
  }
  return folded;
}
