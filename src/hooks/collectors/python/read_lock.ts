import type { PythonImage } from "./python_image.ts";
import type { PythonObjects } from "./python_objects.ts";
import { isAddress, type RemoteMemory } from "../remote_memory.ts";

/** A lock of CPython's own, on which all others are built. */
export interface LockObject {
  /** Unique within the process; for locks that processes share, the same in each of them. */
  readonly id: string;
  /** Address of the object. */
  readonly address: number;
  /** As the program writes it, such as `threading.Lock`. */
  readonly type: string;
  /** Whether somebody holds it. */
  readonly isLocked: boolean;
  /** pthread id of the holder, where the lock records it and it is in this process. */
  readonly ownerId?: number | undefined;
  /** Address that the kernel names for threads that wait for it; undefined where that differs from wait to wait. */
  readonly futex?: number | undefined;
  /** There, the address for which threads are parked that wait for it. */
  readonly parked?: number | undefined;
}

const LOCK = { semaphore: 16, isLocked: 32, mutex: 16, owner: 24, count: 32 };
const SHARED_LOCK = { semaphore: 16, lastOwner: 24, count: 32, maximum: 36, kind: 40, name: 48 };
const SHARED_BYTES = 56;
const RECURSIVE = 0;
const MAX_NAME_BYTES = 64;
/** Locks that are single bytes, as from 3.13.1 and 3.14.0 on; who waits for these is noted elsewhere. */
const MUTEX_BYTES: Readonly<Record<string, number>> = { "_thread.lock": 24, "_thread.RLock": 40 };

/**
 * Reads a lock.
 *
 * @param image whose
 * @param objects its objects
 * @param address of any object
 * @returns undefined when that is none of CPython's own locks
 */
export function readLock(
  { memory }: PythonImage,
  objects: PythonObjects,
  address: number,
): LockObject | undefined {
  const name = objects.typeName(address);
  if (name === "_multiprocessing.SemLock") return readSharedLock(memory, address);
  if (name !== "_thread.lock" && name !== "_thread.RLock") return undefined;
  const isMutex = objects.basicBytes(address) === MUTEX_BYTES[name];
  const isReentrant = name === "_thread.RLock";
  const byte = memory.read(address + (isMutex ? LOCK.mutex : LOCK.isLocked), 1)?.getUint8(0) ?? 0;
  const isLocked = isMutex
    ? (byte & 1) !== 0
    : isReentrant
    ? (memory.word(address + LOCK.count) ?? 0) > 0
    : byte === 1;
  return {
    id: `0x${address.toString(16)}`,
    address,
    type: isReentrant ? "threading.RLock" : "threading.Lock",
    isLocked,
    ownerId: isReentrant && isLocked ? memory.word(address + LOCK.owner) : undefined,
    futex: isMutex ? undefined : memory.word(address + LOCK.semaphore),
    parked: isMutex ? address + LOCK.mutex : undefined,
  };
}

/** A semaphore in memory that processes share; each process counts what its own threads have taken. */
function readSharedLock(memory: PythonImage["memory"], address: number): LockObject | undefined {
  const view = memory.read(address, SHARED_BYTES);
  const semaphore = memory.word(address + SHARED_LOCK.semaphore);
  if (view === undefined || semaphore === undefined || !isAddress(semaphore)) return undefined;
  const isOwn = view.getInt32(SHARED_LOCK.count, true) > 0;
  const isRecursive = view.getInt32(SHARED_LOCK.kind, true) === RECURSIVE;
  const isLock = view.getInt32(SHARED_LOCK.maximum, true) === 1;
  const name = readName(memory, memory.word(address + SHARED_LOCK.name) ?? 0);
  return {
    id: name === undefined ? `0x${address.toString(16)}` : `semaphore ${name}`,
    address,
    type: `multiprocessing.${isRecursive ? "RLock" : isLock ? "Lock" : "Semaphore"}`,
    isLocked: memory.int32(semaphore) === 0,
    // Of several who share it, only the last is recorded.
    ownerId: isOwn && (isRecursive || isLock) ? memory.word(address + SHARED_LOCK.lastOwner) : undefined,
    futex: semaphore,
  };
}

function readName(memory: Omit<RemoteMemory, "close">, address: number): string | undefined {
  const view = memory.readUpTo(address, MAX_NAME_BYTES);
  if (view === undefined) return undefined;
  const bytes = new Uint8Array(view.buffer, view.byteOffset, view.byteLength);
  const end = bytes.indexOf(0);
  const text = end <= 0 ? "" : String.fromCharCode(...bytes.subarray(0, end));
  return /^[\w/.-]+$/.test(text) ? text : undefined;
}
