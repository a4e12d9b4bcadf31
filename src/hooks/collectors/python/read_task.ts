import type { AsyncObjects } from "./async_objects.ts";
import type { PythonImage } from "./python_image.ts";
import type { PythonObjects } from "./python_objects.ts";
import { isAddress, wordAt } from "../remote_memory.ts";
import type { CoroutineLayout } from "./task_layout.ts";
import { type AwaitLink, walkAwaits } from "./walk_awaits.ts";

/** A pending task as it lay in memory. */
export interface RawTask {
  readonly address: number;
  /** Address of its event loop. */
  readonly loop: number;
  /** Whether it is what its event loop was started for. */
  readonly isMain: boolean;
  /** Whether asyncio says that it runs at the moment. */
  readonly isCurrent: boolean;
  readonly state: "waiting" | "ready" | "running";
  /** Outermost first. */
  readonly links: readonly AwaitLink[];
  /** Address of the pending future that it waits for. */
  readonly waiter?: number;
}

/** How to read a task. */
export interface ReadTaskOptions {
  readonly layout: CoroutineLayout;
  readonly asyncObjects: AsyncObjects;
  /** Whether it runs at the moment. */
  readonly isCurrent: boolean;
  /** Whether it is what its event loop was started for. */
  readonly isMain: boolean;
}

const LOOP = 16;
const PENDING = 0;
const MAX_ATTEMPTS = 3;

/**
 * Reads a task. Its event loop goes on meanwhile: what the chain of its coroutines ends with has to be what the task
 * says that it waits for, or all is read again.
 *
 * @param image whose
 * @param objects to tell types
 * @param address of the task
 * @param options how
 * @returns "done" when it is not pending; undefined when it is torn
 */
export function readTask(
  image: PythonImage,
  objects: PythonObjects,
  address: number,
  options: ReadTaskOptions,
): RawTask | "done" | undefined {
  for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
    const task = readOnce(image, objects, address, options);
    if (task !== undefined) return task;
  }
  return undefined;
}

function readOnce(
  image: PythonImage,
  objects: PythonObjects,
  address: number,
  { layout, asyncObjects, isCurrent, isMain }: ReadTaskOptions,
): RawTask | "done" | undefined {
  const { memory } = image;
  const structure = asyncObjects.structure();
  const view = structure && memory.read(address, structure.name);
  if (structure === undefined || view === undefined) return undefined;
  if (view.getInt32(structure.state, true) !== PENDING) return "done";
  const chain = walkAwaits(image, objects, layout, wordAt(view, structure.coroutine));
  if (chain === undefined) return undefined;
  const { links, end } = chain;
  const head = { address, loop: wordAt(view, LOOP), isMain, isCurrent, links };
  if (isCurrent || links.some(({ state }) => state === "running")) return { ...head, state: "running" };
  const waiter = wordAt(view, structure.waiter);
  if (memory.word(address + structure.waiter) !== waiter) return undefined;
  if (waiter === 0 || !isAddress(waiter)) return { ...head, state: "ready" };
  if (end !== undefined && end !== waiter && asyncObjects.kindOf(end) !== "other") return undefined;
  const isPending = memory.int32(waiter + structure.state) === PENDING;
  return isPending ? { ...head, state: "waiting", waiter } : { ...head, state: "ready" };
}
