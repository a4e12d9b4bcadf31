import { groupBy } from "../../../std/group_by.ts";
import type { FoundWait } from "./find_wait.ts";
import type { LockThread, LockView } from "./lock_view.ts";
import { wordAt } from "../remote_memory.ts";

/** What the owners of waits are found in. */
export interface OwnerSearch {
  readonly view: LockView;
  readonly threads: readonly LockThread[];
  /** What each thread waits for, by tid. */
  readonly waits: ReadonlyMap<number, FoundWait>;
}

const POOL_FILE = "concurrent/futures/thread.py";
const MAX_LIVE_THREADS = 4096;
/** Work beyond this is not looked through. */
const MAX_QUEUED = 512;
/** In a simple queue: its list, or from 3.13 on its ring. */
const QUEUE_LIST = 32;
const RING_ITEMS = 40;
const RING_SIZE = 48;
const FIRST_MINOR_WITH_RING = 13;

/**
 * The threads that can end a wait for something that is no lock: the joined thread, the one that works on a result, or
 * the one that imports a module.
 *
 * @param search the process
 * @param thread which waits
 * @param wait for what
 * @returns empty when nobody can be named
 */
export function waitOwners(search: OwnerSearch, thread: LockThread, wait: FoundWait): readonly number[] {
  const { objects } = search.view;
  const object = wait.on?.address;
  if (wait.kind === "join") {
    return object === undefined
      ? lastThreads(search, thread, wait)
      : tidsOf(search, [identOf(search, object)]);
  }
  if (object === undefined) return [];
  if (wait.kind === "future") return workersOf(search, object);
  const isImport = wait.kind === "lock" && wait.on!.type.endsWith("_ModuleLock");
  const owner = isImport ? objects.attribute(object, "owner") : undefined;
  return owner === undefined ? [] : tidsOf(search, [objects.integer(owner)]);
}

/** The threads that the program ends with: those that it waits for at its end. */
function lastThreads(
  { view, threads }: OwnerSearch,
  thread: LockThread,
  wait: FoundWait,
): readonly number[] {
  const { objects, values } = view;
  const active = objects.valueOf(values.globals(thread.raw[0]!), "_active");
  const live = active === undefined ? [] : objects.entries(active, MAX_LIVE_THREADS);
  const ids = live.flatMap(({ value }) => {
    const isDaemon = objects.integer(objects.attribute(value, "_daemonic") ?? 0) !== 0;
    const lock = objects.attribute(value, "_tstate_lock");
    const isOther = wait.lock !== undefined && lock !== undefined && lock !== wait.lock.address;
    return isDaemon || isOther ? [] : [identOf({ view }, value)];
  });
  return tidsOf({ threads }, ids).filter((tid) => tid !== thread.tid);
}

/** Who works on a future of a pool; for one that nobody has begun, all of a pool of which each waits for such a one. */
function workersOf(search: OwnerSearch, future: number): readonly number[] {
  const { view, threads, waits } = search;
  const worker = threads.find((thread) => localOf(view, thread, "run", "self", "future") === future);
  if (worker !== undefined) return [worker.tid];
  const pools = groupBy(threads, (thread) => localOf(view, thread, "_worker", "work_queue"));
  const [, pool] = [...pools].find(([queue]) => queue !== undefined && isQueued(view, queue, future)) ?? [];
  if (pool === undefined) return [];
  const isStuck = pool.every(({ tid }) => {
    const wait = waits.get(tid);
    return wait?.kind === "future" && wait.on !== undefined && isPending(search, wait.on.address);
  });
  return isStuck ? pool.map(({ tid }) => tid) : [];
}

/** Whether the work that is to yield a future lies in a pool's queue, which is one of C. */
function isQueued({ image: { memory, python }, objects }: LockView, queue: number, future: number): boolean {
  const isRing = Number(python.version.split(".")[1]) >= FIRST_MINOR_WITH_RING;
  const ring = isRing
    ? memory.readUpTo(memory.word(queue + RING_ITEMS) ?? 0, ringBytes(memory, queue))
    : undefined;
  const items = isRing
    ? Array.from({ length: Math.floor((ring?.byteLength ?? 0) / 8) }, (_, index) => wordAt(ring!, index * 8))
    : objects.items(memory.word(queue + QUEUE_LIST) ?? 0, MAX_QUEUED);
  return items.some((item) => objects.attribute(item, "future") === future);
}

function ringBytes(memory: LockView["image"]["memory"], queue: number): number {
  return Math.min(Math.max(0, memory.word(queue + RING_SIZE) ?? 0), MAX_QUEUED) * 8;
}

function isPending({ view: { objects } }: OwnerSearch, future: number): boolean {
  const state = objects.attribute(future, "_state");
  return state !== undefined && objects.text(state) === "PENDING";
}

/** A variable, or an attribute of one, of a thread's frame in the code of thread pools. */
function localOf(
  { objects, values }: LockView,
  { frames, raw }: LockThread,
  functionName: string,
  variable: string,
  attribute?: string,
): number | undefined {
  const index = frames.findLastIndex(({ function: name, file }) =>
    name.slice(name.lastIndexOf(".") + 1) === functionName && file?.endsWith(`/${POOL_FILE}`) === true
  );
  if (index < 0) return undefined;
  const value = values.locals(raw[index]!).find(({ name }) => name === variable)?.value;
  return attribute === undefined || value === undefined ? value : objects.attribute(value, attribute);
}

function identOf({ view: { objects } }: Pick<OwnerSearch, "view">, thread: number): number | undefined {
  const ident = objects.attribute(thread, "_ident");
  return ident === undefined ? undefined : objects.integer(ident);
}

function tidsOf(
  { threads }: Pick<OwnerSearch, "threads">,
  ids: readonly (number | undefined)[],
): readonly number[] {
  return threads.filter(({ id }) => ids.includes(id)).map(({ tid }) => tid);
}
