import { groupBy } from "../../../std/group_by.ts";
import type { TaskFacts } from "../../language_facts.ts";
import type { TaskReader } from "./find_awaited.ts";
import { findLockHolders } from "./find_lock_holders.ts";
import type { FrameNamer } from "./name_frame.ts";
import type { RawTask } from "./read_task.ts";
import { taskId, taskName } from "./task_name.ts";
import { isStillThere, tellSteadyTask } from "./tell_steady_task.ts";
import type { ToldTask } from "./tell_task.ts";

/** How to tell tasks. */
export interface TellTasksOptions {
  readonly name: FrameNamer;
  /** The thread that runs an event loop, by the loop's address. */
  readonly tids: ReadonlyMap<number, number>;
  /** Whether a loop that is not among these does not run. */
  readonly areAllLoopsKnown: boolean;
  /** Whether time is up; a few are told in any case. */
  readonly isOver: () => boolean;
}

/** What was told. */
export interface ToldTasks {
  readonly tasks: readonly TaskFacts[];
  /** How many could not be read. */
  readonly torn: number;
  /** How many are left out, for time was up. */
  readonly late: number;
}

/** More than so many in the same place are told as one. */
const HANDFUL = 5;
const MIN_TOLD = 8;
const NUMBERED = /^Task-(\d+)$/;

/**
 * Says of each task where it is and what it waits for. Tasks that are many in the same place are told as one, and
 * others that wait for one of them wait for that.
 *
 * @param reader what to read with
 * @param raw tasks, the main ones first
 * @param options how
 * @returns the main ones first, then by age
 */
export function tellTasks(
  reader: TaskReader,
  raw: readonly RawTask[],
  { name, tids, areAllLoopsKnown, isOver }: TellTasksOptions,
): ToldTasks {
  const told: ToldTask[] = [];
  const standsFor = new Map<string, string>();
  let torn = 0;
  let late = 0;
  for (const group of groupBy(raw, placeOf).values()) {
    const isFolded = group.length > HANDFUL;
    const count = isFolded ? group.length : 1;
    for (const task of isFolded ? group.slice(0, 1) : group) {
      if (told.length >= MIN_TOLD && isOver()) {
        late += count;
        continue;
      }
      const one = tellSteadyTask(reader, task, name);
      if (one === "done") continue;
      const tid = tids.get(task.loop);
      const isLeft = tid === undefined && areAllLoopsKnown && isOwnLoop(reader, task.loop);
      if (one === undefined) torn += count;
      else told.push(asLoopHasIt({ ...one, facts: { ...one.facts, count, tid } }, isLeft));
    }
    for (const { address } of group) {
      standsFor.set(taskId(address), taskId(isFolded ? group[0]!.address : address));
    }
  }
  const areLocksAwaited = told.some(({ lock }) => lock !== undefined);
  const holders = areLocksAwaited ? findLockHolders(reader, raw) : new Map<number, RawTask>();
  const tasks = told.map((one) => withHolder(reader, one, holders));
  const isMain = new Set(raw.filter((task) => task.isMain).map(({ address }) => taskId(address)));
  tasks.sort((a, b) => Number(isMain.has(b.id)) - Number(isMain.has(a.id)) || ageOf(a) - ageOf(b));
  return { tasks: tasks.map((task) => withKnownIds(task, standsFor)), torn, late };
}

/** What a loop has left that does not run is blocked by that, and by no other task. */
function asLoopHasIt(told: ToldTask, isLeft: boolean): ToldTask {
  if (!isLeft) return told;
  const state = `${told.facts.state}, its event loop does not run`;
  return { facts: { ...told.facts, state, onIds: undefined } };
}

/** Others than those of asyncio run without functions of Python. */
function isOwnLoop({ objects }: TaskReader, loop: number): boolean {
  return objects.fullTypeName(loop)?.startsWith("asyncio.") === true;
}

/** The task inside `async with lock` is the one that can end a wait for the lock. */
function withHolder(
  reader: TaskReader,
  { facts, lock }: ToldTask,
  holders: ReadonlyMap<number, RawTask>,
): TaskFacts {
  const holder = lock === undefined ? undefined : holders.get(lock);
  if (holder === undefined || !isStillThere(reader, holder)) return facts;
  const { image, objects, asyncObjects } = reader;
  const { address } = holder;
  const name = taskName(image, objects, { address, structure: asyncObjects.structure()! });
  return { ...facts, waitsFor: `${facts.waitsFor}, held by ${name}`, onIds: [taskId(address)] };
}

/** Tasks of one event loop whose functions all stand at the same instructions are in the same place. */
function placeOf({ state, links, isMain, address, loop }: RawTask): string {
  if (isMain) return taskId(address);
  return [state, loop, ...links.map(({ raw: { code, offset } }) => `${code}+${offset}`)].join("/");
}

/** The lower, the older; tasks that have a name of their own come last. */
function ageOf({ name }: TaskFacts): number {
  return Number(NUMBERED.exec(name)?.[1] ?? Number.MAX_SAFE_INTEGER);
}

function withKnownIds(task: TaskFacts, standsFor: ReadonlyMap<string, string>): TaskFacts {
  const ids = new Set(task.onIds?.flatMap((id) => standsFor.get(id) ?? []));
  return { ...task, onIds: ids.size === 0 ? undefined : [...ids] };
}
