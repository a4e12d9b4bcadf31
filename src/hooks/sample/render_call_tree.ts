import type { Frame, Stack } from "../../sample_document.ts";
import { frameText } from "../diagnosis/source_place.ts";
import { buildCallTree } from "./call_tree.ts";

/** Lines of one call tree, and frames of one stack: of a runaway recursion the two ends tell the story. */
const MAX_LINES = 48;
const MAX_FRAMES = 256;
const MAX_INDENT = 20;
const NAMELESS = /^(.+)\+0x[0-9a-f]+$/;
const START = /^(_start|__libc_start_\w+|_*clone3?|start_thread)$/;

/**
 * Draws the call tree of one thread in one language: the caller above what it calls, before it in how many looks it was
 * seen. The tree is indented where it branches only, so that a deep stack stays readable; repeated frames are counted.
 *
 * @param stacks stacks of one thread in one language
 * @returns lines without indent
 */
export function renderCallTree(stacks: readonly Stack[]): string[] {
  const lines: string[] = [];
  const pending = buildCallTree(stacks.map(shorten)).reverse().map((node) => ({ node, depth: 0 }));
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    const { node, depth } = next;
    lines.push(`${"  ".repeat(Math.min(depth, MAX_INDENT))}${node.count} ${callText(node.frame)}`);
    const childDepth = depth + (node.children.length > 1 ? 1 : 0);
    for (const child of node.children.toReversed()) pending.push({ node: child, depth: childDepth });
  }
  return cutMiddle(lines, MAX_LINES, (count) => `… ${count} more …`);
}

/** A frame with the values of its arguments. */
function callText(frame: Frame): string {
  const { arguments: values } = frame;
  return frameText(values === undefined ? frame : { ...frame, function: `${frame.function}(${values})` });
}

function shorten(stack: Stack): Stack {
  const frames = foldRecursion(withoutStart(stack.frames).map(nameModule));
  return {
    ...stack,
    frames: cutMiddle(frames, MAX_FRAMES, (count) => ({ function: `… ${count} more frames …` })),
  };
}

/** What every program and every thread begins with tells nothing. */
function withoutStart(frames: readonly Frame[]): readonly Frame[] {
  const last = frames.findLastIndex((frame) => !START.test(frame.function));
  return last < 0 ? frames : frames.slice(0, last + 1);
}

/** An address says nothing to a reader; the module does, and a run of its frames becomes one line. */
function nameModule(frame: Frame): Frame {
  const module = NAMELESS.exec(frame.function)?.[1];
  return module === undefined ? frame : { function: `${module}, without symbols` };
}

/** Frames of a function that calls itself become one. */
function foldRecursion(frames: readonly Frame[]): Frame[] {
  const folded: Frame[] = [];
  let repeated = 0;
  for (const [position, frame] of frames.entries()) {
    repeated++;
    const next = frames[position + 1];
    if (next !== undefined && frameText(next) === frameText(frame)) continue;
    folded.push(
      repeated === 1
        ? frame
        : { ...frame, function: `${frame.function} × ${repeated}`, arguments: undefined },
    );
    repeated = 0;
  }
  return folded;
}

function cutMiddle<T>(items: T[], limit: number, mark: (count: number) => T): T[] {
  if (items.length <= limit) return items;
  const half = limit / 2;
  return [...items.slice(0, half), mark(items.length - limit), ...items.slice(-half)];
}
