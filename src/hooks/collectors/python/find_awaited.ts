import type { Frame } from "../../../sample_document.ts";
import type { AsyncObjects } from "./async_objects.ts";
import type { AwaitedFuture } from "./describe_await.ts";
import type { FrameValues } from "./frame_values.ts";
import type { ObjectNamer } from "./name_object.ts";
import type { PythonImage } from "./python_image.ts";
import type { PythonObjects } from "./python_objects.ts";
import { readSetMembers } from "./read_set_members.ts";
import { readText } from "./read_text.ts";
import { isAddress } from "./remote_memory.ts";
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

/** What a task waits for. */
export interface Awaited {
  readonly future: AwaitedFuture;
  /** Addresses of the pending tasks that it waits for. */
  readonly tasks: readonly number[];
}

const MAX_AWAITED = 4096;
const MAX_NAMES = 4;
const PENDING = 0;
const GATHERING = "_GatheringFuture";
/** What has a thread set the future. */
const THREAD_CALLBACK = "_call_check_cancel";
/** Where functions of asyncio keep the futures that they wait for while they await one of their own. */
const FUTURES_OF: Readonly<Record<string, string>> = { wait_for: "fut", _wait: "fs" };
const GROUP_EXIT = /^TaskGroup\.\w+$/;

/**
 * Finds which tasks a task waits for, directly or through a future that stands for them.
 *
 * @param reader what to read with
 * @param waiter address of the future
 * @param innermost the function that awaits it
 */
export function findAwaited(
  reader: TaskReader,
  waiter: number,
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
  const futures = objects.typeName(waiter) === GATHERING
    ? objects.items(objects.attribute(waiter, "_children") ?? 0, MAX_AWAITED)
    : innermost === undefined
    ? []
    : futuresOf(reader, innermost);
  const tasks = pendingTasks(reader, futures, structure);
  if (futures.length > 0) return named("gather", tasks);
  return named(isSetByThread(reader, waiter, structure) ? "thread" : "plain", []);
}

function futuresOf(
  { image, objects, values }: TaskReader,
  { link, frame }: SuspendedFunction,
): readonly number[] {
  const variables = new Map(values?.locals(link.raw).map(({ name, value }) => [name, value]));
  const group = GROUP_EXIT.test(frame.function) ? variables.get("self") : undefined;
  const held = group === undefined
    ? variables.get(FUTURES_OF[frame.function] ?? "")
    : objects.attribute(group, "_tasks");
  if (held === undefined) return [];
  if (objects.typeName(held) !== "set") return [held];
  return readSetMembers(image.memory, held)?.members.slice(0, MAX_AWAITED) ?? [];
}

function pendingTasks(
  { image, asyncObjects }: TaskReader,
  futures: readonly number[],
  structure: TaskStructure,
): readonly number[] {
  return futures.filter((future) =>
    asyncObjects.kindOf(future) === "task" && image.memory.int32(future + structure.state) === PENDING
  );
}

function isSetByThread(
  { image, objects, layout }: TaskReader,
  future: number,
  { firstCallback }: TaskStructure,
): boolean {
  const callback = image.memory.word(future + firstCallback) ?? 0;
  if (!isAddress(callback) || objects.typeName(callback) !== "function") return false;
  return readText(image, image.memory.word(callback + layout.functionName) ?? 0) === THREAD_CALLBACK;
}
