import { agreeWalks } from "./agree_walks.ts";
import type { AsyncObjects } from "./async_objects.ts";
import { clearMarks } from "./clear_marks.ts";
import type { PythonImage } from "./python_image.ts";
import { readText } from "./read_text.ts";
import type { CoroutineLayout } from "./task_layout.ts";
import type { ThreadState } from "./thread_state.ts";
import { type RawFrame, walkFrames } from "./walk_frames.ts";

/** An event loop that a thread runs. */
export interface EventLoop {
  readonly tid: number;
  /** Address of the loop. */
  readonly loop: number;
  /** Address of the task that the loop runs until it is done, where it was given one. */
  readonly mainTask?: number;
}

/** The event loops of a process. */
export interface EventLoops {
  /** At most one for each thread: the innermost, as only that one runs. */
  readonly loops: readonly EventLoop[];
  /** Whether every thread was looked at, so that there are no others. */
  readonly isWhole: boolean;
}

/** How to find them. */
export interface FindEventLoopsOptions {
  readonly threads: readonly ThreadState[];
  readonly layout: CoroutineLayout;
  readonly kindOf: AsyncObjects["kindOf"];
  /** Whether time is up. */
  readonly isOver: () => boolean;
}

const MAX_THREADS = 64;
const RUN_FOREVER = /(^|\.)run_forever$/;
const RUN_UNTIL_COMPLETE = /(^|\.)run_until_complete$/;

/**
 * Finds the event loops that threads run, by the functions of asyncio on their stacks: the loop and its task are the
 * parameters of these.
 *
 * @param image whose
 * @param options of which threads, and until when; the first thread is always looked at
 */
export function findEventLoops(
  image: PythonImage,
  { threads, layout, kindOf, isOver }: FindEventLoopsOptions,
): EventLoops {
  const { memory, python } = image;
  const names = new Map<number, string | undefined>();
  const nameOf = ({ code, isShim }: RawFrame): string => {
    if (isShim) return "";
    if (!names.has(code)) names.set(code, readText(image, memory.word(code + python.layout.code.name) ?? 0));
    return names.get(code) ?? "";
  };
  const parameter = ({ address }: RawFrame, index: number): number =>
    clearMarks(memory.word(address + layout.locals + index * 8) ?? 0);
  const loops: EventLoop[] = [];
  let isWhole = threads.length <= MAX_THREADS;
  for (const [index, { tid, address }] of threads.slice(0, MAX_THREADS).entries()) {
    const first = index > 0 && isOver() ? undefined : walkFrames(image, address);
    const second = first && walkFrames(image, address);
    const walk = first && second && agreeWalks(first, second);
    if (walk === undefined || !walk.isWhole || walk.frames.length === 0) isWhole = false;
    if (walk === undefined) continue;
    const { frames } = walk;
    const at = frames.findIndex((frame) => RUN_FOREVER.test(nameOf(frame)));
    const forever = frames[at];
    if (forever === undefined) continue;
    const loop = parameter(forever, 0);
    const caller = frames[at + 1];
    const isGiven = caller !== undefined && RUN_UNTIL_COMPLETE.test(nameOf(caller));
    const task = isGiven ? parameter(caller, 1) : undefined;
    loops.push({ tid, loop, mainTask: task !== undefined && kindOf(task) === "task" ? task : undefined });
  }
  return { loops, isWhole };
}
