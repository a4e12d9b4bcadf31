import type { Frame, Stack } from "../../sample_document.ts";

/** One thread of a call graph. */
export interface SampledThread {
  readonly tid: number;
  /** Its name, or that of its dispatch queue; empty when it has none. */
  readonly name: string;
  /** How often it was looked at. */
  readonly samples: number;
  /** Where it was then, the most frequent first. */
  readonly stacks: readonly Stack[];
}

interface Node {
  readonly depth: number;
  readonly frame: Frame;
  /** Samples of this node that none of its callees accounts for. */
  own: number;
}

/** Indentation and branch marks, a count, and the rest. */
const LINE = /^([ +!:|]*)(\d+) (.*)$/;
const THREAD =
  /^Thread_(\d+)(?::\s*(.*?))?(?:\s+DispatchQueue_(?:\d+|<multiple>)(?::\s*(.*?))?)?(?:\s+\(\w+\))?\s*$/;

/**
 * Parses the call graph that macOS's `sample` prints (sample(1)): each line is a function with the number of samples
 * it was seen in, below its caller.
 *
 * @param text the whole output
 * @returns the threads in their order; empty when there is no call graph
 */
export function parseSample(text: string): SampledThread[] {
  const start = text.indexOf("\nCall graph:");
  if (start < 0) return [];
  const threads: SampledThread[] = [];
  let thread: { tid: number; name: string; samples: number } | undefined;
  let nodes: Node[] = [];
  let path: Node[] = [];
  const finish = (): void => {
    if (thread !== undefined) threads.push({ ...thread, stacks: stacksOf(nodes) });
    nodes = [];
    path = [];
  };
  for (const line of text.slice(start).split("\n").slice(2)) {
    const fields = LINE.exec(line);
    if (fields === null) {
      if (/^\S/.test(line)) break;
      continue;
    }
    const [, indent, count, rest] = fields;
    const header = THREAD.exec(rest!);
    if (header !== null) {
      finish();
      thread = { tid: Number(header[1]), name: header[2] || header[3] || "", samples: Number(count) };
      continue;
    }
    const node: Node = { depth: indent!.length, frame: parseFrame(rest!), own: Number(count) };
    path = path.filter((caller) => caller.depth < node.depth);
    const caller = path.at(-1);
    if (caller !== undefined) caller.own -= node.own;
    path.push(node);
    nodes.push(node);
  }
  finish();
  return threads;
}

/** One stack for each node at which samples ended. */
function stacksOf(nodes: readonly Node[]): Stack[] {
  const stacks: Stack[] = [];
  let path: Node[] = [];
  for (const node of nodes) {
    path = [...path.filter((caller) => caller.depth < node.depth), node];
    if (node.own <= 0) continue;
    stacks.push({ language: "native", count: node.own, frames: path.map(({ frame }) => frame).reverse() });
  }
  return stacks.sort((a, b) => b.count - a.count);
}

/** `name  (in library) + offset  [address]  file.c:12`, or `???  (in library)  load address … + …  [address]`. */
function parseFrame(text: string): Frame {
  const fields = /^(.*?)\s+\(in (.*?)\)\s*(.*)$/.exec(text);
  if (fields === null) return { function: text.replace(/\s+\[0x[\da-f,x.]+\]\s*$/, "").trim() };
  const source = /\]\s+(\S.*):(\d+)\s*$/.exec(fields[3]!);
  return {
    function: fields[1]!,
    file: source?.[1] ?? fields[2]!,
    line: source === null ? undefined : Number(source[2]),
  };
}
