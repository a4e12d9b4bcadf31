import type { Frame } from "../../../sample_document.ts";
import type { AsyncObjects } from "./async_objects.ts";
import { type AwaitedFuture, isLibraryFrame } from "./describe_await.ts";
import type { FrameValues } from "./frame_values.ts";
import { methodName } from "./method_name.ts";
import type { ObjectNamer } from "./name_object.ts";
import type { PythonImage } from "./python_image.ts";
import type { PythonObjects } from "./python_objects.ts";
import { readSetMembers } from "./read_set_members.ts";
import type { TaskLayout, TaskStructure } from "./task_layout.ts";
import { taskName } from "./task_name.ts";
import type { AwaitLink } from "./walk_awaits.ts";

/** What tasks are read with. */
export interface TaskReader {
  readonly image: PythonImage;
  readonly objects: PythonObjects;
  readonly values: FrameValues | undefined;
  /** Finds how functions call an object. */
  readonly nameObject: ObjectNamer | undefined;
  readonly layout: TaskLayout;
  readonly asyncObjects: AsyncObjects;
}

/** The innermost function of a suspended task. */
export interface SuspendedFunction {
  readonly link: AwaitLink;
  readonly frame: Frame;
}

/** A task and the future that it waits for; addresses. */
export interface WaitingTask {
  readonly task: number;
  readonly waiter: number;
}

/** What a task waits for. */
export interface Awaited {
  readonly future: AwaitedFuture;
  /** Addresses of the pending tasks that it waits for. */
  readonly tasks: readonly number[];
}

const MAX_AWAITED = 4096;
const MAX_NAMES = 4;
const PENDING = 0;
const CELL_VALUE = 16;
const GATHERING = "_GatheringFuture";
/** The function that is called first when a future is done that a thread sets, and one that `asyncio.shield` made. */
const SET_BY_THREAD = "_call_check_cancel";
const SHIELDS = "_outer_done_callback";
/** Where functions of asyncio keep the futures that they wait for while they await one of their own. */
const FUTURES_OF: Readonly<Record<string, string>> = { wait_for: "fut", _wait: "fs" };
const GROUP_EXIT = /^TaskGroup\.\w+$/;

/**
 * Finds which tasks a task waits for, directly or through a future that stands for them.
 *
 * @param reader what to read with
 * @param waiting the task
 * @param innermost the function that awaits it
 */
export function findAwaited(
  reader: TaskReader,
  { task, waiter }: WaitingTask,
  innermost: SuspendedFunction | undefined,
): Awaited {
  const { asyncObjects, objects, image } = reader;
  const type = objects.fullTypeName(waiter) ?? "";
  const structure = asyncObjects.structure()!;
  const named = (kind: AwaitedFuture["kind"], tasks: readonly number[]): Awaited => ({
    future: {
      kind,
      type,
      taskNames: tasks.slice(0, MAX_NAMES).map((address) => taskName(image, objects, { address, structure })),
      taskCount: tasks.length,
    },
    tasks,
  });
  if (asyncObjects.kindOf(waiter) === "task") return named("task", [waiter]);
  const held = innermost === undefined ? [] : heldFutures(reader, innermost);
  const behind = [waiter, ...held].flatMap((future) => tasksBehind(reader, future, structure));
  // What shields a future also knows for which task it does.
  const isOther = (future: number): boolean =>
    future !== task && asyncObjects.kindOf(future) === "task" &&
    image.memory.int32(future + structure.state) === PENDING;
  const tasks = [...new Set(behind)].filter(isOther);
  if (tasks.length > 0) return named("several", tasks);
  return named(callbackName(reader, waiter, structure) === SET_BY_THREAD ? "thread" : "plain", []);
}

/** What a function of asyncio waits for while it awaits a future of its own. */
function heldFutures(
  { image, objects, values }: TaskReader,
  { link, frame }: SuspendedFunction,
): readonly number[] {
  const isGroup = GROUP_EXIT.test(frame.function);
  const variable = isGroup ? "self" : FUTURES_OF[frame.function];
  if (variable === undefined || !isLibraryFrame(frame)) return [];
  const value = values?.locals(link.raw).find(({ name }) => name === variable)?.value;
  const held = isGroup && value !== undefined ? objects.attribute(value, "_tasks") : value;
  if (held === undefined) return [];
  if (objects.typeName(held) !== "set") return [held];
  return readSetMembers(image.memory, held)?.members.slice(0, MAX_AWAITED) ?? [];
}

/** Tasks that a future stands for: itself, those that were gathered, or the one that was shielded. */
function tasksBehind(
  reader: TaskReader,
  future: number,
  structure: TaskStructure,
): readonly number[] {
  const { image, objects, layout, asyncObjects } = reader;
  if (asyncObjects.kindOf(future) !== "future") return [future];
  if (objects.typeName(future) === GATHERING) {
    return objects.items(objects.attribute(future, "_children") ?? 0, MAX_AWAITED);
  }
  if (callbackName(reader, future, structure) !== SHIELDS) return [];
  const callback = image.memory.word(future + structure.firstCallback) ?? 0;
  const cells = objects.items(image.memory.word(callback + layout.closure) ?? 0, MAX_NAMES);
  return cells.map((cell) => image.memory.word(cell + CELL_VALUE) ?? 0);
}

function callbackName(
  { image, objects }: TaskReader,
  future: number,
  { firstCallback }: TaskStructure,
): string | undefined {
  const callback = image.memory.word(future + firstCallback) ?? 0;
  return objects.typeName(callback) === "function" ? methodName(image, objects, callback) : undefined;
}
