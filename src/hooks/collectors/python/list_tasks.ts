import { findModule } from "./find_module.ts";
import type { PythonImage } from "./python_image.ts";
import type { PythonObjects } from "./python_objects.ts";
import { readSetMembers } from "./read_set_members.ts";
import { isAddress } from "../remote_memory.ts";
import type { TaskLayout } from "./task_layout.ts";

/** What may be tasks. */
export interface TaskList {
  /** Addresses of what is in the sets of tasks: tasks, which may be done, and marks of some that were taken out. */
  readonly members: readonly TaskMember[];
  /** How many tasks are counted. */
  readonly count: number;
  /** False when there are others that were not counted. */
  readonly isWhole: boolean;
  /** Addresses of the tasks that run at the moment. */
  readonly current: ReadonlySet<number>;
}

/** A member of one of the sets. */
export interface TaskMember {
  readonly address: number;
  /** Whether it is a weak reference to the task. */
  readonly isWeak: boolean;
}

const MODULE = "asyncio.tasks";
const CURRENT = "_current_tasks";
const MAX_LOOPS = 256;
const REFERENCED = 16;
const WEAK_REFERENCES = new Set(["weakref", "weakref.ReferenceType"]);

/**
 * Whether an interpreter has loaded asyncio, so that there may be tasks.
 *
 * @param image whose
 * @param objects to read modules
 * @param interpreter address of the interpreter
 * @returns address of the module with the tasks
 */
export function findTaskModule(
  image: PythonImage,
  objects: PythonObjects,
  interpreter: number,
): number | undefined {
  return findModule(image, objects, { interpreter, name: MODULE });
}

/**
 * Lists what is in the sets of tasks that asyncio keeps.
 *
 * @param image whose
 * @param objects to read sets
 * @param options the module with the tasks, and how its sets are called
 * @returns undefined when these are not as they are known
 */
export function listTasks(
  { memory }: PythonImage,
  objects: PythonObjects,
  { module, sets }: { readonly module: number; readonly sets: TaskLayout["sets"] },
): TaskList | undefined {
  const byName = new Map(objects.attributes(module).map(({ key, value }) => [objects.text(key), value]));
  const members: TaskMember[] = [];
  let count = 0;
  for (const { name, isWeak } of sets) {
    const holder = byName.get(name);
    const set = holder === undefined || !isWeak ? holder : objects.attribute(holder, "data");
    const read = set !== undefined && objects.typeName(set) === "set"
      ? readSetMembers(memory, set)
      : undefined;
    if (read === undefined) return undefined;
    for (const address of read.members) members.push({ address, isWeak });
    count += read.count;
  }
  const current = objects.entries(byName.get(CURRENT) ?? 0, MAX_LOOPS).map(({ value }) => value);
  return { members, count, isWhole: true, current: new Set(current) };
}

/**
 * The task that a member of a set leads to.
 *
 * @param image whose
 * @param objects to tell types
 * @param member of a set
 * @returns its address; undefined when there is none any more
 */
export function taskOf(
  { memory }: PythonImage,
  objects: PythonObjects,
  { address, isWeak }: TaskMember,
): number | undefined {
  if (!isWeak) return address;
  if (!WEAK_REFERENCES.has(objects.typeName(address) ?? "")) return undefined;
  const task = memory.word(address + REFERENCED);
  return task !== undefined && isAddress(task) ? task : undefined;
}
