import type { LanguageWait } from "../../language_facts.ts";
import type { FutexCall } from "./futex_call.ts";
import { type LockThread, type LockView, type ProgramLock, programLock } from "./lock_view.ts";
import { readLock } from "./read_lock.ts";
import { methodName } from "./method_name.ts";
import { isAddress } from "../remote_memory.ts";
import { type WaitPlace, waitPlaces } from "./wait_places.ts";

/** An object that threads wait for. */
export interface WaitObject extends Pick<ProgramLock, "id" | "type" | "address" | "addresses"> {
  /** Its own name, where it has one. */
  readonly name?: string | undefined;
}

/** What a thread waits for. */
export interface FoundWait {
  readonly kind: LanguageWait["kind"];
  /** The object that it waits for; undefined where only the kind is known. */
  readonly on?: WaitObject | undefined;
  /** The lock of CPython's own in which it waits. */
  readonly lock?: ProgramLock | undefined;
  /** How many of its innermost frames belong to the wait, and not to the program. */
  readonly depth: number;
  /** Whether the lock is taken by `acquire` rather than by `with`. */
  readonly isAcquire: boolean;
  readonly timeoutMs?: number | undefined;
}

const QUEUE_LOCK = 16;
/** The word for which threads are parked, in a simple queue. */
const QUEUE_PARKED = 16;
/** Before the semaphore of its own in which a thread is parked stands for which address it is. */
const PLACE_BEFORE_SEMAPHORE = 8;
const BOUND_SELF = 24;
/** Since then a simple queue and the end of a thread are waited for without a lock of their own. */
const FIRST_MINOR_WITH_PARKING = 13;
const MAX_WAIT_FRAMES = 8;
const MAX_TIMEOUT_MS = 1e12;

/**
 * Finds out what a thread waits for that the kernel shows waiting for a word in memory. The word is that of a lock which
 * the innermost frame refers to: that is certain. Locks that are bytes have no such word; who waits for these does so in
 * a semaphore of its own, with the lock's address beside it.
 *
 * @param view what locks are read with
 * @param thread which
 * @param call its wait in the kernel
 * @returns undefined when that cannot be told
 */
export function findWait(view: LockView, thread: LockThread, call: FutexCall): FoundWait | undefined {
  const innermost = thread.raw[0];
  if (innermost === undefined || !thread.isWhole) return undefined;
  const stack = view.values.stack(innermost);
  const candidates = [...stack, ...view.values.locals(innermost).map(({ value }) => value)];
  const lock = findLock(view, candidates, call);
  const place = findPlace(view, thread, lock);
  if (place !== undefined) return place;
  if (lock !== undefined) {
    const isAcquire = isMethodCalled(view, stack, lock.address);
    const kind = lock.type.endsWith("Semaphore") ? "semaphore" : "lock";
    return { kind, on: lock, lock, depth: depthOfHelpers(thread), isAcquire };
  }
  return findSimpleQueue(view, candidates, call);
}

/** Whether the program called a method of the lock, where `with` calls none by name. */
function isMethodCalled({ image, objects }: LockView, stack: readonly number[], lock: number): boolean {
  return stack.some((object, index) =>
    methodName(image, objects, object) === "acquire" &&
    (stack[index + 1] === lock || image.memory.word(object + BOUND_SELF) === lock)
  );
}

/** The lock that the kernel's word belongs to. */
function findLock(view: LockView, candidates: readonly number[], call: FutexCall): ProgramLock | undefined {
  const { image, objects } = view;
  const around = candidates.map((object) =>
    objects.typeName(object) === "builtin_function_or_method"
      ? image.memory.word(object + BOUND_SELF) ?? 0
      : object
  );
  const locks = around.flatMap((object) => readLock(image, objects, object) ?? []);
  const place = parkingPlace(view, call);
  const found = locks.find(({ futex, parked }) =>
    futex === call.address || (parked !== undefined && parked === place)
  );
  return found && { ...found, addresses: new Set([found.address]) };
}

/** What the function is, or those that called it, in whose name it waits. */
function findPlace(
  view: LockView,
  { frames, raw }: LockThread,
  lock: ProgramLock | undefined,
): FoundWait | undefined {
  let found: FoundWait | undefined;
  let timeoutMs: number | undefined;
  for (let index = 0; index < Math.min(frames.length, MAX_WAIT_FRAMES); index++) {
    const places = waitPlaces(frames[index]!);
    if (places.length === 0) break;
    const locals = view.values.locals(raw[index]!);
    const self = locals.find(({ name }) => name === "self")?.value;
    const place = places.find((place) => isAt(view, place, self));
    if (place === undefined) break;
    if (index === 0 && lock === undefined && place.kind !== "join") return undefined;
    // It has been woken up, and waits for the lock to be its own again.
    const own = place.kind === "condition" ? programLock(view, self!) : undefined;
    if (own !== undefined && own.address === lock?.address) {
      return { kind: "lock", on: own, lock: own, depth: index + 1, isAcquire: true };
    }
    timeoutMs ??= timeoutOf(view, locals.find(({ name }) => name === "timeout")?.value);
    if (place.kind === undefined) continue;
    const on = self === undefined ? undefined : describe(view, self, place.kind);
    found = { kind: place.kind, on: on ?? found?.on, lock, depth: index + 1, isAcquire: false };
  }
  return found && { ...found, timeoutMs };
}

function isAt({ objects }: LockView, { attribute }: WaitPlace, self: number | undefined): boolean {
  if (attribute === undefined) return true;
  return self !== undefined && objects.attribute(self, attribute) !== undefined;
}

function describe(view: LockView, self: number, kind: FoundWait["kind"]): FoundWait["on"] {
  if (kind === "lock") {
    const lock = programLock(view, self);
    if (lock !== undefined) return lock;
  }
  const { objects } = view;
  const type = objects.fullTypeName(self);
  if (type === undefined) return undefined;
  // Threads have names, and so has the lock of a module that is imported.
  const named = kind === "join" ? "_name" : kind === "lock" ? "name" : undefined;
  const name = named === undefined ? undefined : objects.attribute(self, named);
  return {
    id: `0x${self.toString(16)}`,
    type,
    name: name === undefined ? undefined : objects.text(name),
    address: self,
    addresses: new Set([self]),
  };
}

function timeoutOf({ objects }: LockView, value: number | undefined): number | undefined {
  const seconds = value === undefined ? undefined : objects.number(value);
  const ms = Math.round((seconds ?? -1) * 1000);
  return ms >= 0 && ms <= MAX_TIMEOUT_MS ? ms : undefined;
}

/** A condition that is entered waits for its lock, in a function of its own. */
function depthOfHelpers({ frames }: LockThread): number {
  const { function: name, file } = frames[0] ?? { function: "" };
  return /(^|\.)__enter__$/.test(name) && file?.endsWith("/threading.py") ? 1 : 0;
}

/** `queue.SimpleQueue`, which is written in C. */
function findSimpleQueue(
  view: LockView,
  candidates: readonly number[],
  call: FutexCall,
): FoundWait | undefined {
  const { image: { memory }, objects } = view;
  const around = candidates.flatMap((object) => [object, memory.word(object + BOUND_SELF) ?? 0]);
  const place = parkingPlace(view, call);
  const queue = around.find((object) => {
    if (!isAddress(object) || objects.typeName(object) !== "_queue.SimpleQueue") return false;
    return isParking(view)
      ? object + QUEUE_PARKED === place
      : memory.word(object + QUEUE_LOCK) === call.address;
  });
  if (queue === undefined) return undefined;
  const on = {
    id: `0x${queue.toString(16)}`,
    type: "queue.SimpleQueue",
    address: queue,
    addresses: new Set([queue]),
  };
  return { kind: "queue", on, depth: 0, isAcquire: false };
}

/** For which address a thread is parked (`_PyParkingLot_Park`); undefined when it is not. */
function parkingPlace(view: LockView, call: FutexCall): number | undefined {
  return isParking(view) ? view.image.memory.word(call.address - PLACE_BEFORE_SEMAPHORE) : undefined;
}

function isParking({ image }: LockView): boolean {
  return Number(image.python.version.split(".")[1]) >= FIRST_MINOR_WITH_PARKING;
}
