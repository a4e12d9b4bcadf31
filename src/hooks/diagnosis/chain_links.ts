import type { ChainLink } from "../../sample_document.ts";
import { describeWait, oneOfMany } from "./describe_wait.ts";
import { frameText } from "./source_place.ts";
import type { Stand } from "./stand.ts";
import { standFrames } from "./stand_frames.ts";
import type { TrailStep } from "./trace_waits.ts";
import type { TreeIndex } from "./tree_index.ts";

/** Of a longer line of threads the middle is left out. */
const THREADS_TOLD = 6;

/**
 * The chain for the reader: one link for each process, threads of one process told in one link.
 *
 * @param index the tree
 * @param steps from the started process to the one to blame
 */
export function chainLinks(index: TreeIndex, steps: readonly TrailStep[]): ChainLink[] {
  const links: ChainLink[] = [];
  const hidden = hiddenSteps(steps);
  for (const [position, step] of steps.entries()) {
    const { pid } = step.stand.process;
    const before = steps[position - 1]?.stand;
    if (hidden.has(step)) continue;
    if (isLauncher(step, steps[position + 1])) continue;
    // What is said of a Java program is said of its thread "main".
    const isThreadKnown = before !== undefined && namesThread(before, step.stand.thread.tid);
    const place = position === steps.length - 1 ? placeOf(step.stand) : "";
    const waits = describeStep(index, step, isThreadKnown) + place;
    const to = step.edge?.to.process.pid;
    const onPid = to === pid ? undefined : to;
    const last = links.at(-1);
    if (last?.pid === pid) {
      const through = hidden.has(steps[position - 1]!)
        ? `, which, through ${hidden.size} more threads, `
        : ", which ";
      links[links.length - 1] = { ...last, waits: `${last.waits}${through}${waits}`, onPid };
    } else links.push({ pid, program: index.program(pid), waits, onPid });
  }
  return links;
}

/** The middle of a long line of threads, which nobody reads. */
function hiddenSteps(steps: readonly TrailStep[]): ReadonlySet<TrailStep> {
  const { process } = steps.at(-1)!.stand;
  const own = steps.filter((step) => step.stand.process === process);
  return new Set(own.length > THREADS_TOLD + 1 ? own.slice(THREADS_TOLD - 1, -2) : []);
}

/** Whether the words on a wait name the thread that can end it. */
function namesThread({ wait }: Stand, tid: number): boolean {
  switch (wait.kind) {
    case "join":
      return wait.tid === tid;
    case "lock":
      return wait.ownerTid === tid;
    case "inner":
      return wait.what === "lock" && wait.owners[0]?.tid === tid;
    default:
      return false;
  }
}

/** A thread that has started the runtime and waits for its main thread: Java's has no code of the program. */
function isLauncher({ stand }: TrailStep, next: TrailStep | undefined): boolean {
  return stand.wait.kind === "join" && stand.thread.tid === stand.process.pid &&
    (stand.thread.language === undefined || stand.thread.language.isInternal === true) &&
    next?.stand.process === stand.process && next.stand.thread.language?.name === "main";
}

/**
 * What one step does, in words, with the child that the trail goes on to.
 *
 * @param index the tree
 * @param step the step
 * @param isThreadKnown whether the sentence so far has named the thread
 */
export function describeStep(index: TreeIndex, step: TrailStep, isThreadKnown = false): string {
  const { stand, edge } = step;
  if (edge?.kind !== "child" || stand.loop !== undefined) return describeWait(index, stand, isThreadKnown);
  const among = stand.wait.kind === "child" && stand.wait.pid === undefined
    ? oneOfMany(index, stand.process)
    : "";
  const token = stand.wait.kind === "child" && stand.wait.isOrToken
    ? " (or for a token of make's job server, to start one more)"
    : "";
  const until = stand.wait.kind === "vfork" ? "start a program (it was made by vfork) or exit" : "exit";
  return `waits for its child ${index.label(edge.to.process.pid)} to ${until}${among}${token}`;
}

/**
 * Where in its source a process is: `, at collect_batch (batchq.c:33)`, or nothing.
 *
 * @param stand where the process stands
 */
export function placeOf(stand: Stand): string {
  const frame = standFrames(stand, 1)[0];
  return frame === undefined ? "" : `, at ${frameText(frame)}`;
}
