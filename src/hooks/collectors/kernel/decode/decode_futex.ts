import type { Wait } from "../../../facts.ts";
import { type DecodeContext, type Decoder, type Decoders, toInt } from "./decoder.ts";
import { readTimespec, timeoutText } from "./read_time.ts";

type FutexWait = Extract<Wait, { kind: "futex" }>;

const COMMAND_MASK = 0x7f;
const PRIVATE_FLAG = 0x80;
const REALTIME_FLAG = 0x100;
const COMMAND_NAMES: Readonly<Record<number, string>> = {
  0: "FUTEX_WAIT",
  6: "FUTEX_LOCK_PI",
  9: "FUTEX_WAIT_BITSET",
  11: "FUTEX_WAIT_REQUEUE_PI",
  13: "FUTEX_LOCK_PI2",
};
/** Low 30 bits of a word that holds an owner (`FUTEX_TID_MASK`), and the bit that says that somebody waits. */
const OWNER_MASK = 0x3fffffff;
const WAITERS_BIT = 0x80000000;

/** glibc's `pthread_mutex_t` on x86-64 and arm64: offsets of its fields, and what a plain mutex may hold there. */
const MUTEX = { bytes: 24, owner: 8, users: 12, kind: 16 };
const MUTEX_CONTENDED = 2;
/** `PID_MAX_LIMIT` of 64-bit systems. */
const MAX_TID = 4_194_304;
const MUTEX_MAX_USERS = 65_536;
/** Type 0 to 3, process-shared (128), lock elision chosen or refused (256, 512). */
const MUTEX_KIND_BITS = 0x3 | 0x80 | 0x300;

const futex: Decoder = (args, context) => {
  const operation = toInt(args[1]);
  const command = operation & COMMAND_MASK;
  const isPrivate = (operation & PRIVATE_FLAG) !== 0;
  const expected = Number(BigInt.asUintN(32, args[2]!));
  const address = args[0]!;
  const name = COMMAND_NAMES[command];
  if (name === undefined) return { text: `${hex(address)}, operation ${command}` };
  const timeoutMs = futexTimeout(args, context, command, operation);
  const owner = findOwner(context, { address, command, isPrivate, expected });
  const wait: FutexWait = { kind: "futex", address: hex(address), timeoutMs, ...owner };
  const flags = `${name}${isPrivate ? "_PRIVATE" : ""}`;
  return {
    text: `${hex(address)}, ${flags}, ${expected}, ${timeoutText(timeoutMs)}${ownerText(wait)}`,
    wait,
  };
};

interface FutexCall {
  readonly address: bigint;
  readonly command: number;
  readonly isPrivate: boolean;
  readonly expected: number;
}

function findOwner(
  context: DecodeContext,
  call: FutexCall,
): Pick<FutexWait, "shape" | "ownerTid" | "goneOwnerTid" | "joinsTid"> {
  const word = context.memory.read(call.address, 4)?.getUint32(0, true);
  // A private lock can only be held by a thread of the process itself.
  const tids = call.isPrivate ? context.processTids : context.treeTids;
  const asOwner = (id: number): Pick<FutexWait, "ownerTid" | "goneOwnerTid"> => {
    const tid = context.idHere(id);
    // In a container one that has ended cannot be told from one outside the tree.
    if (tid === undefined) return {};
    return tids.has(tid) ? { ownerTid: tid } : { goneOwnerTid: tid };
  };
  if (word === undefined) return { shape: "other" };
  if (call.command === 6 || call.command === 13) {
    const owner = word & OWNER_MASK;
    return { shape: "pi", ...owner === 0 ? {} : asOwner(owner) };
  }
  if (call.command !== 0 && call.command !== 9) return { shape: "other" };
  const owner = mutexOwner(context, call, word);
  if (owner !== undefined) return { shape: "mutex", ...asOwner(owner) };
  // The kernel clears the word and wakes it as a shared futex when the thread ends (set_tid_address(2)).
  const joinsTid = call.isPrivate || word !== call.expected ? undefined : context.idHere(word);
  if (joinsTid !== undefined && context.processTids.has(joinsTid)) return { shape: "join", joinsTid };
  // Robust mutexes, and musl's that are not of the normal type.
  const { ownerTid } = asOwner(word & OWNER_MASK);
  if (call.expected >= WAITERS_BIT && word === call.expected && ownerTid !== undefined) {
    return { shape: "pi", ownerTid };
  }
  return { shape: "other" };
}

/**
 * The owner of the glibc mutex around a word. Strict, so that a condition variable, a semaphore or another library's
 * lock is never read as one: all fields must be as a contended mutex with an owner has them.
 */
function mutexOwner(
  context: DecodeContext,
  call: FutexCall,
  word: number,
): number | undefined {
  if (call.expected !== MUTEX_CONTENDED || (word !== MUTEX_CONTENDED && word !== 1)) return undefined;
  const view = context.memory.read(call.address, MUTEX.bytes);
  if (view === undefined) return undefined;
  const owner = view.getInt32(MUTEX.owner, true);
  const users = view.getUint32(MUTEX.users, true);
  const kind = view.getInt32(MUTEX.kind, true);
  const isMutex = (kind & ~MUTEX_KIND_BITS) === 0 && users >= 1 && users <= MUTEX_MAX_USERS;
  return isMutex && owner > 0 && owner <= MAX_TID ? owner : undefined;
}

/** `FUTEX_WAIT` takes a relative time, all others an absolute one. */
function futexTimeout(
  args: readonly bigint[],
  context: DecodeContext,
  command: number,
  operation: number,
): number | undefined {
  const time = readTimespec(context.memory, args[3]!);
  if (time === undefined || command === 0) return time;
  const isRealtime = command === 6 || (operation & REALTIME_FLAG) !== 0;
  return Math.max(0, time - (isRealtime ? context.epochMs : context.monotonicMs));
}

function ownerText(wait: FutexWait): string {
  if (wait.joinsTid !== undefined) return `, joins thread ${wait.joinsTid}`;
  if (wait.ownerTid !== undefined) return `, held by thread ${wait.ownerTid}`;
  return wait.goneOwnerTid === undefined ? "" : `, locked by thread ${wait.goneOwnerTid}`;
}

const futexWait: Decoder = (args, context) => {
  const time = readTimespec(context.memory, args[4]!);
  const now = toInt(args[5]) === 0 ? context.epochMs : context.monotonicMs;
  const timeoutMs = time === undefined ? undefined : Math.max(0, time - now);
  return {
    text: `${hex(args[0]!)}, ${args[1]}, ${timeoutText(timeoutMs)}`,
    wait: { kind: "futex", address: hex(args[0]!), timeoutMs, shape: "other" },
  };
};

function hex(value: bigint): string {
  return `0x${value.toString(16)}`;
}

/** Calls that wait for a word in memory. */
export const FUTEX_DECODERS: Decoders = { futex, futex_wait: futexWait };
