import { isAddress, type RemoteMemory, wordAt } from "../remote_memory.ts";
import type { GoLayout } from "./go_layout.ts";
import type { AddressRange } from "./locate_go.ts";

/** The list of all goroutines (`runtime.allgs`), as it was. */
export interface GoroutineList {
  /** Address of its first element. */
  readonly start: number;
  readonly length: number;
}

const MAX_RANGE_BYTES = 64 * 1024 * 1024;
const BLOCK_BYTES = 1024 * 1024;
/** Twice the goroutines that any program that works has had. */
const MAX_GOROUTINES = 20_000_000;
/** So many of the list are looked at before it is believed. */
const CHECKED = 16;
/** Go's own number of its highest state, and the mark of one that is being scanned. */
const HIGHEST_STATUS = 11;
const SCANNED = 0x1000;
const IN_SYSCALL = 3;
const WAITING = 4;

/**
 * Finds the list of all goroutines among the variables of a program. It is known by what it holds: the first goroutine has
 * number 1, each points back to itself from its saved registers, and none has a state or a stack that cannot be.
 *
 * @param memory of the process
 * @param range the variables that hold pointers
 * @param known the layout of goroutines, and the threads of the process
 * @returns undefined when there is no such list
 */
export function findGoroutineList(
  memory: Omit<RemoteMemory, "close">,
  range: AddressRange,
  known: { readonly layout: GoLayout; readonly tids: ReadonlySet<number> },
): GoroutineList | undefined {
  const end = Math.min(range.end, range.start + MAX_RANGE_BYTES);
  for (let start = range.start; start < end; start += BLOCK_BYTES) {
    // Three words make a slice, so blocks overlap by two.
    const view = memory.readUpTo(start, Math.min(BLOCK_BYTES + 16, end - start));
    if (view === undefined) continue;
    for (let at = 0; at + 24 <= view.byteLength; at += 8) {
      const length = wordAt(view, at + 8);
      if (length < 1 || length > MAX_GOROUTINES) continue;
      const capacity = wordAt(view, at + 16);
      if (capacity < length || capacity > MAX_GOROUTINES * 2) continue;
      const list = { start: wordAt(view, at), length };
      if (isAddress(list.start) && list.start % 8 === 0 && isList(memory, list, known)) return list;
    }
  }
  return undefined;
}

function isList(
  memory: Omit<RemoteMemory, "close">,
  { start, length }: GoroutineList,
  { layout, tids }: { readonly layout: GoLayout; readonly tids: ReadonlySet<number> },
): boolean {
  const count = Math.min(length, CHECKED);
  const first = memory.word(start);
  // Cheap, and hardly anything else passes it.
  if (first === undefined || !isAddress(first) || memory.word(first + layout.goroutine.id) !== 1) {
    return false;
  }
  const pointers = memory.read(start, count * 8);
  if (pointers === undefined) return false;
  const ids = new Set<number>();
  for (let index = 0; index < count; index++) {
    const address = wordAt(pointers, index * 8);
    const view = memory.read(address, layout.goroutine.byteLength);
    if (view === undefined || !isGoroutine(view, address, layout)) return false;
    // What tells layouts apart that are the same otherwise: one on a thread names it, one that waits is in no system call.
    const status = view.getUint32(layout.goroutine.status, true) & ~SCANNED;
    if (status === WAITING && wordAt(view, layout.goroutine.syscallSp) !== 0) return false;
    const tid = memory.word(wordAt(view, layout.goroutine.thread) + layout.threadTid);
    if (status === IN_SYSCALL && (tid === undefined || !tids.has(tid))) return false;
    ids.add(wordAt(view, layout.goroutine.id));
  }
  return ids.size === count;
}

/**
 * Whether what was read can be a goroutine.
 *
 * @param view its bytes
 * @param address where it is
 * @param layout how it is laid out
 */
export function isGoroutine(view: DataView, address: number, { goroutine }: GoLayout): boolean {
  const word = (at: number): number => wordAt(view, at);
  const status = view.getUint32(goroutine.status, true) & ~SCANNED;
  const [low, high] = [word(goroutine.stackLow), word(goroutine.stackHigh)];
  const self = word(goroutine.savedGoroutine);
  // One that has ended may have given back its stack; one that has never run has not been set up.
  return status <= HIGHEST_STATUS && low <= high && (low === 0 || isAddress(low)) &&
    (self === address || self === 0) && word(goroutine.id) > 0;
}
