import type { FrameValues } from "./frame_values.ts";
import type { PythonImage } from "./python_image.ts";
import type { PythonObjects } from "./python_objects.ts";
import type { ThreadFrames } from "./read_thread_frames.ts";
import { type LockObject, readLock } from "./read_lock.ts";

/** What locks of a process are read with. */
export interface LockView {
  readonly image: PythonImage;
  readonly objects: PythonObjects;
  readonly values: FrameValues;
}

/** A thread whose locks are looked for. */
export interface LockThread extends ThreadFrames {
  readonly tid: number;
  /** Address of its state. */
  readonly state: number;
  /** pthread id. */
  readonly id: number;
}

/** A lock as a program sees it. */
export interface ProgramLock extends LockObject {
  /** Addresses of the objects that stand for it, such as a condition and the lock that it is built on. */
  readonly addresses: ReadonlySet<number>;
}

/** Conditions lock a lock, and that of a process may again be an object around one. */
const MAX_DEPTH = 3;

/**
 * The lock that `with OBJECT` takes.
 *
 * @param view what it is read with
 * @param object address of a lock of CPython, `threading` or `multiprocessing`
 * @returns undefined for any other object
 */
export function programLock(view: LockView, object: number): ProgramLock | undefined {
  return lockBehind(view, object, new Set());
}

function lockBehind(view: LockView, object: number, passed: ReadonlySet<number>): ProgramLock | undefined {
  const addresses = new Set([...passed, object]);
  const { image, objects } = view;
  const lock = readLock(image, objects, object);
  if (lock !== undefined) return { ...lock, addresses };
  if (addresses.size > MAX_DEPTH) return undefined;
  const inner = objects.attribute(object, "_semlock") ?? objects.attribute(object, "_lock");
  if (inner !== undefined) return lockBehind(view, inner, addresses);
  const permits = objects.attribute(object, "_value");
  const isSemaphore = permits !== undefined && objects.attribute(object, "_cond") !== undefined;
  const type = isSemaphore ? objects.fullTypeName(object) : undefined;
  if (type === undefined) return undefined;
  const isLocked = objects.integer(permits!) === 0;
  return { id: `0x${object.toString(16)}`, address: object, type, isLocked, addresses };
}
