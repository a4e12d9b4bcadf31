import { isAddress, wordAt } from "../remote_memory.ts";
import { isGoroutine } from "./find_goroutine_list.ts";
import type { GoImage } from "./go_image.ts";
import type { Goroutine } from "./goroutine.ts";
import { isRuntimeFrame, isRuntimeOnly } from "./is_runtime_frame.ts";
import { unwindGoroutine } from "./unwind_goroutine.ts";

const SCANNED = 0x1000;
const RUNNABLE = 1;
const RUNNING = 2;
const IN_SYSCALL = 3;
const WAITING = 4;
const COPIES_STACK = 8;
const PREEMPTED = 9;
const LEAKED = 10;
/** Ended ones, and places for those to come. */
const STATES: Readonly<Record<number, string>> = {
  [RUNNABLE]: "runnable",
  [RUNNING]: "running",
  [IN_SYSCALL]: "syscall",
  [WAITING]: "waiting",
  [COPIES_STACK]: "copystack",
  [PREEMPTED]: "preempted",
  [LEAKED]: "leaked",
};
const MINUTE_NS = 60e9;
const MAX_ATTEMPTS = 3;
const MAX_FRAMES = 100;

/**
 * Reads one goroutine.
 *
 * @param image the program
 * @param address of the goroutine
 * @returns undefined for one that has ended or is the runtime's own; "unread" for one that changed too fast
 */
export function readGoroutine(image: GoImage, address: number): Goroutine | "unread" | undefined {
  for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
    const result = readOnce(image, address);
    if (result !== "unread") return result;
  }
  return "unread";
}

function readOnce(image: GoImage, address: number): Goroutine | "unread" | undefined {
  const { memory, layout } = image;
  const { goroutine } = layout;
  const view = memory.read(address, goroutine.byteLength);
  if (view === undefined || !isGoroutine(view, address, layout)) return "unread";
  const status = view.getUint32(goroutine.status, true) & ~SCANNED;
  if (STATES[status] === undefined) return undefined;
  const isInSyscall = status === IN_SYSCALL;
  const stack = status === RUNNING ? { frames: [], isWhole: false } : unwindGoroutine(memory, {
    pc: wordAt(view, isInSyscall ? goroutine.syscallPc : goroutine.savedPc),
    sp: wordAt(view, isInSyscall ? goroutine.syscallSp : goroutine.savedSp),
    stackHigh: wordAt(view, goroutine.stackHigh),
  }, image);
  const after = memory.read(address, goroutine.byteLength);
  if (after === undefined || !isSame(image, view, after)) return "unread";
  const frames = stack.frames.filter((frame) => !isRuntimeFrame(frame)).slice(0, MAX_FRAMES);
  if (stack.isWhole && isRuntimeOnly(stack.frames)) return undefined;
  return {
    id: wordAt(view, goroutine.id),
    state: stateWords(image, view, status),
    frames,
    tid: tidOf(image, wordAt(view, goroutine.thread)),
  };
}

/** Whether a goroutine has stayed where it was while its stack was read. */
function isSame({ layout: { goroutine } }: GoImage, before: DataView, after: DataView): boolean {
  const { id, savedPc, savedSp, stackHigh, syscallSp } = goroutine;
  return [id, savedPc, savedSp, stackHigh, syscallSp].every((at) =>
    wordAt(before, at) === wordAt(after, at)
  ) &&
    (before.getUint32(goroutine.status, true) & ~SCANNED) ===
      (after.getUint32(goroutine.status, true) & ~SCANNED);
}

function stateWords(
  { layout: { goroutine }, waitReasons, nowNs }: GoImage,
  view: DataView,
  status: number,
): string {
  const isWaiting = status === WAITING || status === LEAKED;
  const reason = isWaiting ? waitReasons[view.getUint8(goroutine.waitReason)] : undefined;
  const state = reason === undefined || reason === "" ? STATES[status]! : reason;
  const sinceNs = wordAt(view, goroutine.waitSince);
  const minutes = (isWaiting || status === IN_SYSCALL) && sinceNs > 0
    ? Math.floor((nowNs - sinceNs) / MINUTE_NS)
    : 0;
  return minutes >= 1 ? `${state}, ${minutes} minutes` : state;
}

function tidOf({ memory, layout, tids }: GoImage, thread: number): number | undefined {
  if (!isAddress(thread)) return undefined;
  const tid = memory.word(thread + layout.threadTid);
  return tid !== undefined && tids.has(tid) ? tid : undefined;
}
