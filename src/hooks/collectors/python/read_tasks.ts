import type { TaskFacts } from "../../language_facts.ts";
import { createAsyncObjects } from "./async_objects.ts";
import { findEventLoops } from "./find_event_loops.ts";
import type { TaskReader } from "./find_awaited.ts";
import type { FrameValues } from "./frame_values.ts";
import { findTaskOffsets } from "./find_task_offsets.ts";
import { listLinkedTasks } from "./list_linked_tasks.ts";
import { findTaskModule, listTasks, type TaskList, taskOf } from "./list_tasks.ts";
import type { FrameNamer } from "./name_frame.ts";
import { createObjectNamer } from "./name_object.ts";
import type { PythonImage } from "./python_image.ts";
import type { PythonObjects } from "./python_objects.ts";
import { type RawTask, readTask } from "./read_task.ts";
import { type TaskLayout, taskLayout } from "./task_layout.ts";
import { tellTasks } from "./tell_tasks.ts";
import type { ThreadState } from "./thread_state.ts";

/** How to read the tasks of a process. */
export interface ReadTasksOptions {
  /** Addresses of its interpreters. */
  readonly interpreters: readonly number[];
  /** Those that are alive, the main one first. */
  readonly threads: readonly ThreadState[];
  /** The text of `/proc/PID/maps`. */
  readonly maps: string;
  readonly name: FrameNamer;
  /** Reads variables of frames, for what tasks wait for. */
  readonly values: FrameValues | undefined;
  /** Whether time is up; a few tasks are read in any case. */
  readonly isOver: () => boolean;
}

/** What was read. */
export interface TasksReading {
  /** The main task first, then by age; those in the same place are one when they are many. */
  readonly tasks: readonly TaskFacts[];
  /** What to say of tasks that are not among them. */
  readonly notes: readonly string[];
}

/** So many are always read. */
const MIN_TASKS = 16;
const TASK_IN_PYTHON = "asyncio.tasks.Task";

/**
 * Reads the pending tasks of asyncio: where each is suspended, and what it waits for.
 *
 * @param image whose
 * @param objects to read them
 * @param options of which interpreters, and until when
 * @returns undefined for a program that has not loaded asyncio
 */
export function readTasks(
  image: PythonImage,
  objects: PythonObjects,
  options: ReadTasksOptions,
): TasksReading | undefined {
  const modules = options.interpreters.map((interpreter) => findTaskModule(image, objects, interpreter))
    .filter((module) => module !== undefined);
  if (modules.length === 0) return undefined;
  const layout = taskLayout(image.python.version);
  if (layout === undefined) return refuse(`tasks of CPython ${image.python.version} are not known`);
  const sets = modules.map((module) => listTasks(image, objects, { module, sets: layout.sets }));
  const lists = layout.areLinked === true ? [...sets, listLinked(image, layout, options)] : sets;
  if (lists.includes(undefined)) return refuse("its tasks are kept in an unknown way");
  const reader: TaskReader = {
    image,
    objects,
    layout,
    values: options.values,
    nameObject: options.values && createObjectNamer(objects, options.values),
    asyncObjects: createAsyncObjects(image, objects, layout),
  };
  return readLists(reader, lists.filter((list) => list !== undefined), options);
}

/** What asyncio tells of its tasks has to be what is known of them. */
function listLinked(
  image: PythonImage,
  { structures }: TaskLayout,
  options: ReadTasksOptions,
): TaskList | undefined {
  const interpreterBytes = image.python.layout.interpreter.byteLength ?? 0;
  const offsets = findTaskOffsets(image.memory, { maps: options.maps, interpreterBytes });
  const structure = structures[offsets?.task.byteLength ?? 0];
  const { name, coroutine } = offsets?.task ?? {};
  if (offsets === undefined || structure?.name !== name || structure?.coroutine !== coroutine) {
    return undefined;
  }
  return listLinkedTasks(image, offsets, options);
}

function refuse(reason: string): TasksReading {
  return { tasks: [], notes: [reason] };
}

/** All that was looked at. */
interface Look {
  readonly found: Map<number, RawTask>;
  /** Tasks of which something was seen, done ones too. */
  seen: number;
  torn: number;
  unknown: number;
  /** Whether time was up before all were looked at. */
  isCut: boolean;
}

function readLists(reader: TaskReader, lists: readonly TaskList[], options: ReadTasksOptions): TasksReading {
  const { kindOf } = reader.asyncObjects;
  const layout = reader.layout.coroutine;
  const { loops, isWhole } = findEventLoops(reader.image, { ...options, layout, kindOf });
  const current = new Set(lists.flatMap((list) => [...list.current]));
  const look: Look = { found: new Map(), seen: 0, torn: 0, unknown: 0, isCut: false };
  const main = loops.flatMap(({ mainTask }) => mainTask ?? []);
  for (const task of main) lookAt(reader, look, { task, current, isMain: true });
  for (const member of lists.flatMap((list) => list.members)) {
    if (look.seen >= MIN_TASKS && options.isOver()) {
      look.isCut = true;
      break;
    }
    const task = taskOf(reader.image, reader.objects, member);
    if (task === undefined || main.includes(task)) continue;
    // A slot from which a task was taken out holds some other object.
    if (member.isWeak || kindOf(task) === "task") lookAt(reader, look, { task, current, isMain: false });
  }
  const tids = new Map(loops.map(({ loop, tid }) => [loop, tid]));
  const count = lists.reduce((sum, list) => sum + list.count, 0);
  const { tasks, torn, late } = tellTasks(reader, [...look.found.values()], {
    ...options,
    tids,
    areAllLoopsKnown: isWhole,
  });
  const isCounted = lists.every(({ isWhole }) => isWhole);
  return { tasks, notes: describeRest({ ...look, torn: look.torn + torn }, { count, late, isCounted }) };
}

function lookAt(
  { image, objects, layout, asyncObjects }: TaskReader,
  look: Look,
  { task, current, isMain }: {
    readonly task: number;
    readonly current: ReadonlySet<number>;
    readonly isMain: boolean;
  },
): void {
  look.seen++;
  const kind = asyncObjects.kindOf(task);
  if (kind !== "task") {
    // Others may be the remains of one that has ended.
    if (kind === undefined || objects.fullTypeName(task) === TASK_IN_PYTHON) look.unknown++;
    return;
  }
  const read = readTask(image, objects, task, {
    layout: layout.coroutine,
    asyncObjects,
    isCurrent: current.has(task),
    isMain,
  });
  if (read === undefined) look.torn++;
  else if (read !== "done") look.found.set(task, read);
}

function describeRest(
  { seen, torn, unknown, isCut }: Look,
  { count, late, isCounted }: { readonly count: number; readonly late: number; readonly isCounted: boolean },
): string[] {
  const rest = (isCut ? Math.max(0, count - seen) : 0) + late;
  return [
    ...(torn === 0 ? [] : [`${tasksText(torn)} moved too fast to be read`]),
    ...(unknown === 0 ? [] : [`${tasksText(unknown)} of an unknown kind`]),
    ...(rest === 0 || !isCounted
      ? []
      : [`${rest} of ${count} tasks are left out, for there was no time to read them`]),
    ...(isCounted ? [] : ["there are more tasks, for which there was no time"]),
  ];
}

function tasksText(count: number): string {
  return count === 1 ? "1 task" : `${count} tasks`;
}
