import { clearMarks } from "./clear_marks.ts";
import type { FrameLayout, PythonLayout } from "./python_layout.ts";
import type { PythonImage } from "./python_image.ts";
import { isAddress, wordAt } from "../remote_memory.ts";

/** A frame as it lay in memory. */
export interface RawFrame {
  readonly address: number;
  readonly code: number;
  readonly back: number;
  /** Of the instruction in the code, in bytes; negative when none was run. */
  readonly offset: number;
  /** Of the interpreter's own, between Python code and the C code that called it. */
  readonly isShim: boolean;
  /** Of a generator or coroutine: something must have resumed it. */
  readonly isGenerator: boolean;
}

/** Deeper stacks end here; Python's own limit is half of it, unless a program raises that. */
const MAX_FRAMES = 2000;
const MIN_OFFSET = -2;
const MAX_OFFSET = 16 * 2 ** 20;
const DATA_STACK_BYTES = 16 * 1024;
const TYPE_OFFSET = 8;
const POINTER_BYTES = 8;
/** Behind their number. */
const FIRST_COPY = 8;
const MAX_COPIES = 2 ** 16;
const GENERATOR_OWNER = 1;
/** This owner and greater ones mark the interpreter's own frames. */
const SHIM_OWNER = 3;
const MAX_OWNER = 4;

/**
 * Follows the frames of a thread that runs meanwhile. Only words are read, so that it is quick; names come later.
 *
 * @param image whose
 * @param thread address of the thread state
 * @returns innermost first, at most 2000, empty when the thread runs no Python code; undefined when what was read cannot
 * be a stack
 */
export function walkFrames(image: PythonImage, thread: number): RawFrame[] | undefined {
  const { layout } = image.python;
  const top = readTop(image, thread);
  if (top === undefined) return undefined;
  const reader = readerOf(image.memory, thread, layout);
  const frames: RawFrame[] = [];
  const seen = new Set<number>();
  let address = top;
  while (address !== 0 && frames.length < MAX_FRAMES) {
    if (!isAddress(address) || address % 8 !== 0 || seen.has(address)) return undefined;
    seen.add(address);
    const view = reader(address);
    const frame = view && parseFrame(image, view, address);
    if (frame === undefined) return undefined;
    frames.push(frame);
    address = frame.back;
  }
  // The last frame has been resumed by nobody: the chain is cut.
  return address === 0 && frames.at(-1)?.isGenerator ? undefined : frames;
}

/** The address of the innermost frame, 0 for none. */
function readTop(image: PythonImage, thread: number): number | undefined {
  const { memory, python } = image;
  const { top } = python.layout.thread;
  if (top.kind === "frame") return memory.word(thread + top.frame);
  const cframe = memory.word(thread + top.cframe);
  if (cframe === undefined) return undefined;
  const current = memory.word(cframe + top.currentFrame);
  if (current === 0 && cframe === thread + top.rootCframe) return 0;
  if (current !== undefined && isFrame(image, current)) return current;
  // The evaluation loop publishes its record before it has filled it in.
  if (memory.word(thread + top.cframe) !== cframe) return undefined;
  const previous = memory.word(cframe + top.previous);
  return previous === undefined ? undefined : memory.word(previous + top.currentFrame);
}

function isFrame({ memory, python }: PythonImage, address: number): boolean {
  const code = memory.word(address + python.layout.frame.code);
  return code !== undefined && memory.word(code + TYPE_OFFSET) === python.codeType;
}

/** Reads frames; those on the data stack all at once, which makes them nearly of one moment. */
function readerOf(
  memory: PythonImage["memory"],
  thread: number,
  { thread: { dataStackChunk }, frame: { byteLength } }: PythonLayout,
): (address: number) => DataView | undefined {
  const chunkAddress = dataStackChunk === undefined ? 0 : memory.word(thread + dataStackChunk) ?? 0;
  const chunk = chunkAddress === 0 ? undefined : memory.readUpTo(chunkAddress, DATA_STACK_BYTES);
  return (address) => {
    const start = address - chunkAddress;
    const isInside = chunk !== undefined && start >= 0 && start + byteLength <= chunk.byteLength;
    return isInside ? new DataView(chunk.buffer, start, byteLength) : memory.read(address, byteLength);
  };
}

function parseFrame(
  image: PythonImage,
  view: DataView,
  address: number,
): RawFrame | undefined {
  const { layout, frameType } = image.python;
  if (layout.frame.kind === "record") return parseRecord(image, layout.frame, view, address);
  const { back, code, instruction, instructionBytes, generator, running, runningValues } = layout.frame;
  if (wordAt(view, TYPE_OFFSET) !== frameType) return undefined;
  // A frame that does not run was left meanwhile, or is about to be entered.
  if (!runningValues.includes(view.getInt8(running))) return undefined;
  const offset = view.getInt32(instruction, true) * instructionBytes;
  return checked({
    address,
    code: wordAt(view, code),
    back: wordAt(view, back),
    offset,
    isShim: false,
    isGenerator: wordAt(view, generator) !== 0,
  });
}

function parseRecord(
  image: PythonImage,
  layout: Extract<FrameLayout, { kind: "record" }>,
  view: DataView,
  address: number,
): RawFrame | undefined {
  const owner = view.getUint8(layout.owner);
  if (owner > MAX_OWNER) return undefined;
  const isShim = owner >= SHIM_OWNER;
  const code = clearMarks(wordAt(view, layout.code));
  const start = isShim ? 0 : instructionsOf(image, view, code);
  if (start === undefined) return undefined;
  const frame = {
    address,
    code,
    back: wordAt(view, layout.back),
    offset: wordAt(view, layout.instruction) - start,
    isShim,
    isGenerator: owner === GENERATOR_OWNER,
  };
  if (isShim) return frame;
  // What is no code has no instructions in it either.
  return layout.runsOtherThanCode ? (isAddress(code) ? frame : undefined) : checked(frame);
}

/** Where the instructions start that a frame runs. */
function instructionsOf({ memory, python }: PythonImage, view: DataView, code: number): number | undefined {
  const { code: fields, freeThreading } = python.layout;
  const index = freeThreading === undefined ? 0 : view.getInt32(freeThreading.copyIndex, true);
  if (index === 0) return code + (fields.instructions ?? 0);
  if (index < 0 || index > MAX_COPIES) return undefined;
  const copies = memory.word(code + freeThreading!.copies) ?? 0;
  return memory.word(copies + FIRST_COPY + index * POINTER_BYTES);
}

function checked(frame: RawFrame): RawFrame | undefined {
  const isPlausible = isAddress(frame.code) && frame.offset >= MIN_OFFSET && frame.offset <= MAX_OFFSET;
  return isPlausible ? frame : undefined;
}
