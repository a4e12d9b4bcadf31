import type { PythonImage } from "./python_image.ts";
import type { PythonObjects } from "./python_objects.ts";
import { readSuspendedFrame, type SuspendedFrame } from "./read_suspended_frame.ts";
import type { CoroutineLayout } from "./task_layout.ts";

/** One coroutine of a chain. */
export interface AwaitLink extends SuspendedFrame {
  /** Address of the coroutine, generator or asynchronous generator. */
  readonly coroutine: number;
}

/** The coroutines of a task, each of which awaits the next. */
export interface AwaitChain {
  /** Outermost first. */
  readonly links: readonly AwaitLink[];
  /** Address of what the last one awaits: a future, or something that is not known here. */
  readonly end?: number;
}

/** Longer chains end here. */
const MAX_LINKS = 200;
const FRAMES = new Set(["coroutine", "generator", "async_generator"]);
/** What stands between one that awaits and what it awaits, which is its first field. */
const WRAPPERS = new Set([
  "coroutine_wrapper",
  "async_generator_asend",
  "async_generator_athrow",
  "anext_awaitable",
]);
const FUTURE_ITERATOR = "_asyncio.FutureIter";
const FIRST_FIELD = 16;

/**
 * Follows a coroutine to what it awaits, on through coroutines and generators, to the future at the end. Only words
 * are read, so that it is quick; names come later.
 *
 * @param image whose
 * @param objects to tell types
 * @param layout of coroutines
 * @param coroutine the outermost one
 * @returns no links when it has ended; undefined when the chain is torn
 */
export function walkAwaits(
  image: PythonImage,
  objects: PythonObjects,
  layout: CoroutineLayout,
  coroutine: number,
): AwaitChain | undefined {
  const links: AwaitLink[] = [];
  const seen = new Set<number>();
  let object: number | undefined = coroutine;
  while (object !== undefined && seen.size < MAX_LINKS) {
    if (seen.has(object)) return undefined;
    seen.add(object);
    const type = objects.typeName(object);
    if (type === undefined) return undefined;
    if (WRAPPERS.has(type)) {
      object = image.memory.word(object + FIRST_FIELD);
      if (object === undefined) return undefined;
    } else if (FRAMES.has(type)) {
      const frame = readSuspendedFrame(image, layout, object);
      if (frame === undefined) return undefined;
      if (frame === "done") return links.length === 0 ? { links } : undefined;
      links.push({ ...frame, coroutine: object });
      object = frame.awaited;
    } else {
      return { links, end: type === FUTURE_ITERATOR ? image.memory.word(object + FIRST_FIELD) : object };
    }
  }
  return { links };
}
