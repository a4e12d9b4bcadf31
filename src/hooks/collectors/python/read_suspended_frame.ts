import { clearMarks } from "./clear_marks.ts";
import type { PythonImage } from "./python_image.ts";
import { isAddress, wordAt } from "../remote_memory.ts";
import type { CoroutineLayout } from "./task_layout.ts";
import type { RawFrame } from "./walk_frames.ts";

/** Where a coroutine, generator or asynchronous generator stands. */
export interface SuspendedFrame {
  readonly state: "created" | "suspended" | "running";
  readonly raw: RawFrame;
  /** Address of the object that it awaits, when it does. */
  readonly awaited?: number;
}

type Place<Kind extends CoroutineLayout["place"]["kind"]> = Extract<
  CoroutineLayout["place"],
  { readonly kind: Kind }
>;

const TYPE = 8;
const INSTRUCTION_BYTES = 2;
const MAX_OFFSET = 16 * 2 ** 20;
const MAX_VALUES = 2 ** 16;
/** Operand of the instruction after one that awaits: in the middle of `yield from` and of `await`. */
const AWAITING_OPERANDS = [2, 3];

/**
 * Reads where a coroutine is suspended.
 *
 * @param image whose
 * @param layout of its coroutines
 * @param coroutine address of the coroutine, generator or asynchronous generator
 * @returns "done" when it has ended; undefined when it is torn or none
 */
export function readSuspendedFrame(
  image: PythonImage,
  layout: CoroutineLayout,
  coroutine: number,
): SuspendedFrame | "done" | undefined {
  return layout.place.kind === "object"
    ? readObject(image, layout, layout.place, coroutine)
    : readInline(image, layout, layout.place, coroutine);
}

function readObject(
  { memory, python }: PythonImage,
  layout: CoroutineLayout,
  place: Place<"object">,
  coroutine: number,
): SuspendedFrame | "done" | undefined {
  const fields = python.layout.frame;
  if (fields.kind !== "object") return undefined;
  const address = memory.word(coroutine + place.frame);
  if (address === 0) return "done";
  if (address === undefined || !isAddress(address)) return undefined;
  const view = memory.read(address, layout.locals);
  if (view === undefined || wordAt(view, TYPE) !== python.frameType) return undefined;
  const code = wordAt(view, fields.code);
  const offset = view.getInt32(fields.instruction, true) * fields.instructionBytes;
  if (!isFunction({ memory, python }, code) || offset > MAX_OFFSET) return undefined;
  if (wordAt(view, fields.generator) !== coroutine) return undefined;
  const raw: RawFrame = { address, code, back: 0, offset, isShim: false, isGenerator: true };
  const { of, offset: runningAt, isRunning } = place.running;
  const running = of === "frame"
    ? view.getInt8(runningAt)
    : memory.read(coroutine + runningAt, 1)?.getInt8(0);
  if (running === isRunning) return { state: "running", raw };
  if (offset < 0) return { state: "created", raw };
  const values = wordAt(view, place.values);
  const top = place.top.kind === "address"
    ? wordAt(view, place.top.offset)
    : values + view.getInt32(place.top.offset, true) * 8;
  const instructions = memory.word(code + place.instructions) ?? 0;
  const next = memory.read(instructions + python.layout.bytes.data + offset + INSTRUCTION_BYTES, 1);
  if (next?.getUint8(0) !== place.yieldFrom) return { state: "suspended", raw };
  if (top <= values || top > values + MAX_VALUES * 8) return undefined;
  return withAwaited({ state: "suspended", raw }, memory.word(top - 8) ?? 0);
}

function readInline(
  { memory, python }: PythonImage,
  layout: CoroutineLayout,
  place: Place<"inline">,
  coroutine: number,
): SuspendedFrame | "done" | undefined {
  const fields = python.layout.frame;
  if (fields.kind !== "record") return undefined;
  const view = memory.read(coroutine, place.frame + layout.locals);
  if (view === undefined) return undefined;
  const state = view.getInt8(place.state);
  if (state > 0) return "done";
  const at = place.frame;
  const code = clearMarks(wordAt(view, at + fields.code));
  const offset = wordAt(view, at + fields.instruction) - (code + (python.layout.code.instructions ?? 0));
  if (!isFunction({ memory, python }, code) || offset < -INSTRUCTION_BYTES || offset > MAX_OFFSET) {
    return undefined;
  }
  const address = coroutine + at;
  const raw: RawFrame = { address, code, back: 0, offset, isShim: false, isGenerator: true };
  if (state === 0) return { state: "running", raw };
  if (state === place.created) return { state: "created", raw };
  if (!isAwaiting(memory, place, { state, instruction: wordAt(view, at + fields.instruction) })) {
    return { state: "suspended", raw };
  }
  const values = address + layout.locals;
  const top = place.top.kind === "address"
    ? wordAt(view, at + place.top.offset)
    : values + view.getInt32(at + place.top.offset, true) * 8;
  if (top <= values || top > values + MAX_VALUES * 8) return undefined;
  return withAwaited({ state: "suspended", raw }, clearMarks(memory.word(top - 8) ?? 0));
}

function isAwaiting(
  memory: PythonImage["memory"],
  place: Place<"inline">,
  { state, instruction }: { readonly state: number; readonly instruction: number },
): boolean {
  if (place.awaiting !== undefined) return state === place.awaiting;
  const next = memory.read(instruction + INSTRUCTION_BYTES, INSTRUCTION_BYTES);
  return next !== undefined && place.resume?.includes(next.getUint8(0)) === true &&
    AWAITING_OPERANDS.includes(next.getUint8(1));
}

function withAwaited(
  frame: Omit<SuspendedFrame, "awaited">,
  awaited: number,
): SuspendedFrame | undefined {
  return !isAddress(awaited) ? undefined : { ...frame, awaited };
}

function isFunction({ memory, python }: PythonImage, code: number): boolean {
  return isAddress(code) && memory.word(code + TYPE) === python.codeType;
}
