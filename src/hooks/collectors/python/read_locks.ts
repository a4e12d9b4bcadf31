import type { Files } from "../../../runtime/port.ts";
import { groupBy } from "../../../std/group_by.ts";
import type { LanguageLock, LanguageThread } from "../../language_facts.ts";
import { findHolds, type Hold } from "./find_holds.ts";
import { findWait, type FoundWait } from "./find_wait.ts";
import { createFrameValues } from "./frame_values.ts";
import { type FutexCall, readFutexCall } from "./futex_call.ts";
import type { LockThread, LockView } from "./lock_view.ts";
import { createObjectNamer, type ObjectName } from "./name_object.ts";
import type { PythonImage } from "./python_image.ts";
import type { PythonObjects } from "./python_objects.ts";
import { waitOwners } from "./wait_owners.ts";
import { walkFrames } from "./walk_frames.ts";

/** What locks are read of. */
export interface LockReading {
  readonly files: Files;
  readonly pid: number;
  readonly image: PythonImage;
  readonly objects: PythonObjects;
  readonly threads: readonly LockThread[];
  /** Where the memory of the interpreter locks starts. */
  readonly interpreterLocks: readonly number[];
  /** Threads that hold one of these. */
  readonly interpreterLockHolders: ReadonlySet<number>;
  /** Whether time is up; threads that were not looked at by then are left out. */
  readonly isOver: () => boolean;
}

/** What is known of one thread before names and owners are. */
interface Found {
  readonly thread: LockThread;
  readonly call: FutexCall | undefined;
  readonly wait: FoundWait | undefined;
  readonly holds: readonly Hold[];
}

const INTERPRETER_LOCK_BYTES = 208;

/**
 * Finds out which locks the threads of a process hold, and for what they wait. Everything is looked at again at the end:
 * what has changed meanwhile is left out, so that what is told was true at one moment.
 *
 * @param reading the process
 * @returns by tid, for threads of which there is something to tell
 */
export function readLocks(reading: LockReading): ReadonlyMap<number, LanguageThread> {
  const { image, objects, threads, isOver } = reading;
  const values = createFrameValues(image, objects);
  if (values === undefined) return new Map();
  const view: LockView = { image, objects, values };
  const looked = threads.flatMap((thread) => isOver() ? [] : [lookAt(reading, view, thread)]);
  const found = looked.map((one) => unmoved(reading, one));
  const facts = new Map<number, LanguageThread>();
  for (const { tid, facts: one } of describeAll(reading, view, found)) {
    // A thread may be in several interpreters, of which it waits in the innermost only.
    const other = facts.get(tid);
    facts.set(tid, other === undefined ? one : { ...one, ...other, holds: [...other.holds, ...one.holds] });
  }
  return facts;
}

function lookAt(reading: LockReading, view: LockView, thread: LockThread): Found {
  const call = readCall(reading, thread);
  const isInterpreterLock = call !== undefined && isOfInterpreter(reading, call);
  const wait = call === undefined || isInterpreterLock ? undefined : findWait(view, thread, call);
  return { thread, call, wait, holds: findHolds(view, thread) };
}

/** What still is as it was: the same call in the kernel, the same frames at the same instructions. */
function unmoved(reading: LockReading, found: Found): Found {
  const { thread, call, wait, holds } = found;
  if (wait === undefined && holds.length === 0) return found;
  const isSameCall = call !== undefined && readCall(reading, thread)?.key === call.key;
  const now = walkFrames(reading.image, thread.state) ?? [];
  const isThere = ({ frame }: Hold): boolean =>
    now.some(({ address, code, back, offset }) =>
      address === frame.address && code === frame.code && back === frame.back && offset === frame.offset
    );
  return { ...found, wait: isSameCall ? wait : undefined, holds: holds.filter(isThere) };
}

function describeAll(
  reading: LockReading,
  view: LockView,
  found: readonly Found[],
): { readonly tid: number; readonly facts: LanguageThread }[] {
  const all = withRecordedOwners(found);
  const waits = new Map(all.flatMap(({ thread, wait }) => wait === undefined ? [] : [[thread.tid, wait]]));
  const name = namesOf(view, all, reading.isOver);
  const counts = new Map<string, number>();
  for (const { lock } of all.flatMap(({ holds }) => holds)) {
    counts.set(lock.id, (counts.get(lock.id) ?? 0) + 1);
  }

  const isCertain = ({ lock }: Hold, wait: FoundWait | undefined): boolean => {
    if (lock.type.endsWith("Semaphore")) return true;
    // Who takes again by name what it is inside of has let it go before.
    const isTakenAgain = wait?.isAcquire === true && wait.lock?.id === lock.id;
    return counts.get(lock.id) === 1 && !isTakenAgain;
  };
  const holdOf = (hold: Hold, wait: FoundWait | undefined): LanguageLock => ({
    id: hold.lock.id,
    type: hold.lock.type,
    name: name(hold.lock.id),
    isCertain: isCertain(hold, wait),
  });
  const waitOf = (thread: LockThread, wait: FoundWait): LanguageThread["wait"] => {
    const holders = isExclusive(view, wait)
      ? all.filter((one) =>
        one.holds.some((hold) => hold.lock.id === wait.on?.id && isCertain(hold, one.wait))
      )
        .map(({ thread }) => thread.tid)
      : [];
    const owners = [
      ...new Set([...holders, ...waitOwners({ view, threads: reading.threads, waits }, thread, wait)]),
    ];
    const { kind, on, timeoutMs } = wait;
    return {
      kind,
      on: on && { id: on.id, type: on.type, name: on.name ?? name(on.id), isCertain: true },
      ownerTids: owners.length === 0 ? undefined : owners,
      timeoutMs,
    };
  };
  return all.flatMap(({ thread, call, wait, holds }) => {
    const state = stateOf(reading, thread, call);
    if (state === undefined && wait === undefined && holds.length === 0) return [];
    const facts: LanguageThread = {
      language: "python",
      state,
      holds: holds.map((hold) => holdOf(hold, wait)),
      wait: wait && waitOf(thread, wait),
    };
    return [{ tid: thread.tid, facts }];
  });
}

/** Whether nobody else than who is seen to hold it can end the wait, where a semaphore may be released by anybody. */
function isExclusive({ objects }: LockView, { kind, on }: FoundWait): boolean {
  if (kind !== "semaphore" || on === undefined) return true;
  const permits = objects.attribute(on.address, "_initial_value");
  return permits !== undefined && objects.integer(permits) === 1;
}

/** Locks that record who has them, and that somebody waits for, are held also without `with`. */
function withRecordedOwners(found: readonly Found[]): readonly Found[] {
  const awaited = found.flatMap(({ wait }) => wait?.lock ?? []);
  return found.map((one) => {
    const own = new Map<string, Hold>(one.holds.map((hold) => [hold.lock.id, hold]));
    for (const lock of awaited) {
      if (lock.ownerId !== one.thread.id || own.has(lock.id)) continue;
      own.set(lock.id, { lock, frame: one.thread.raw[0]! });
    }
    return { ...one, holds: [...own.values()] };
  });
}

/** How the program calls each lock: the best name that any of its threads has for it. */
function namesOf(
  view: LockView,
  found: readonly Found[],
  isOver: () => boolean,
): (id: string) => string | undefined {
  const find = createObjectNamer(view.objects, view.values, isOver);
  const names = new Map<string, ObjectName>();
  const seen = found.flatMap(({ thread: { raw }, wait, holds }) => [
    ...(wait?.on === undefined ? [] : [{ lock: wait.on, frames: raw.slice(wait.depth) }]),
    ...holds.map(({ lock, frame }) => ({ lock, frames: raw.slice(raw.indexOf(frame)) })),
  ]);
  for (const [id, places] of groupBy(seen, ({ lock }) => lock.id)) {
    // A condition and its lock are one: some threads know only one of them.
    const addresses = new Set(places.flatMap(({ lock }) => [...lock.addresses]));
    for (const { frames } of places) {
      const known = names.get(id);
      if (known?.rank === 0) break;
      const better = find(addresses, frames);
      if (better !== undefined && better.rank < (known?.rank ?? Infinity)) names.set(id, better);
    }
  }
  return (id) => names.get(id)?.text;
}

function stateOf(
  reading: LockReading,
  { tid }: LockThread,
  call: FutexCall | undefined,
): string | undefined {
  if (reading.interpreterLockHolders.has(tid)) return "holds the interpreter lock";
  return call !== undefined && isOfInterpreter(reading, call) ? "waits for the interpreter lock" : undefined;
}

function isOfInterpreter({ interpreterLocks }: LockReading, { address }: FutexCall): boolean {
  return interpreterLocks.some((start) => address >= start && address < start + INTERPRETER_LOCK_BYTES);
}

function readCall({ files, pid, image }: LockReading, { tid }: LockThread): FutexCall | undefined {
  return readFutexCall(files, `/proc/${pid}/task/${tid}`, image.python.isX86 ? "x86_64" : "aarch64");
}
