import { clearMarks } from "./clear_marks.ts";
import { exceptionDepth } from "./exception_depth.ts";
import type { PythonImage } from "./python_image.ts";
import type { PythonObjects } from "./python_objects.ts";
import { wordAt } from "../remote_memory.ts";
import type { RawFrame } from "./walk_frames.ts";

/** A variable of a frame, and the address of what it refers to. */
export interface NamedValue {
  readonly name: string;
  readonly value: number;
}

/** Reads what frames hold; empty where that cannot be read. */
export interface FrameValues {
  /** Its variables that have a value, those of enclosing functions too. */
  locals(frame: RawFrame): readonly NamedValue[];
  /** The dictionary of its module's variables; 0 when unknown. */
  globals(frame: RawFrame): number;
  /** All places of its evaluation stack, the bottom first; those above what is in use hold what was there earlier. */
  stack(frame: RawFrame): readonly number[];
  /** The lower part of the stack, which certainly is in use: what a surrounding `with`, `try` or handler stands on. */
  liveStack(frame: RawFrame): readonly number[];
}

/** What is the same for all frames of one function. */
interface CodeShape {
  readonly localCount: number;
  readonly stackSize: number;
  /** Addresses of tuples of names, in the order of the variables. */
  readonly names: readonly number[];
  readonly exceptionTable: Uint8Array | undefined;
}

/** Offsets in frames and code objects of one version. */
interface ValuesLayout {
  readonly globals: number;
  readonly locals: number;
  readonly stackSize: number;
  readonly localCount: number;
  readonly names: readonly number[];
  /** Frames that are objects: where the stack and the blocks of `with` and `try` are. */
  readonly blocks?: { readonly stack: number; readonly count: number; readonly first: number };
  /** Where the table of handlers is, from 3.11 on. */
  readonly exceptionTable?: number;
}

const OLD_CODE = { stackSize: 32, localCount: 28, names: [72, 88, 80] };
const NEW_CODE = { stackSize: 64, localCount: 72, names: [96], exceptionTable: 40 };
const OLD_BLOCKS = { stack: 64, count: 112, first: 120 };

/** From the debug information of 3.8.18 to 3.13.0, and of 3.14.10. */
const LAYOUTS: Readonly<Record<string, ValuesLayout>> = {
  "3.8": { ...OLD_CODE, globals: 48, locals: 360, blocks: OLD_BLOCKS },
  "3.9": { ...OLD_CODE, globals: 48, locals: 360, blocks: OLD_BLOCKS },
  "3.10": { ...OLD_CODE, globals: 48, locals: 352, blocks: { stack: 64, count: 104, first: 112 } },
  "3.11": { ...NEW_CODE, stackSize: 68, localCount: 76, globals: 8, locals: 72 },
  "3.12": { ...NEW_CODE, globals: 24, locals: 72 },
  "3.13": { ...NEW_CODE, globals: 24, locals: 72 },
  "3.14": { ...NEW_CODE, globals: 24, locals: 80 },
};

const CELL_VALUE = 16;
const BLOCK_BYTES = 12;
const BLOCK_LEVEL = 8;
const MAX_BLOCKS = 20;
const MAX_LOCALS = 512;
const MAX_STACK = 1024;
const MAX_TABLE_BYTES = 2 ** 16;

/**
 * Makes something that reads the variables and the evaluation stack of frames, and remembers what it has read of each
 * function.
 *
 * @param image whose
 * @param objects its objects
 * @returns undefined when the frames of this version are not known
 */
export function createFrameValues(image: PythonImage, objects: PythonObjects): FrameValues | undefined {
  const layout = LAYOUTS[/^\d+\.\d+/.exec(image.python.version)?.[0] ?? ""];
  return layout && valuesOver(image, objects, layout);
}

function valuesOver(
  { memory, python }: PythonImage,
  objects: PythonObjects,
  layout: ValuesLayout,
): FrameValues {
  const shapes = new Map<number, CodeShape | undefined>();
  const shapeOf = ({ code }: RawFrame): CodeShape | undefined => {
    if (!shapes.has(code)) shapes.set(code, readShape({ memory, python }, layout, code));
    return shapes.get(code);
  };
  const namesRead = new Map<number, readonly (string | undefined)[]>();
  /** A function's names do not change, and its frames keep it. */
  const namesOf = ({ code }: RawFrame, { names }: CodeShape): readonly (string | undefined)[] => {
    const known = namesRead.get(code) ??
      names.flatMap((tuple) => objects.items(tuple, MAX_LOCALS)).map((name) => objects.text(name));
    namesRead.set(code, known);
    return known;
  };
  const words = (address: number, count: number): readonly number[] => {
    const view = count > 0 ? memory.read(address, count * 8) : undefined;
    if (view === undefined) return [];
    return Array.from({ length: count }, (_, index) => clearMarks(wordAt(view, index * 8)));
  };
  const stackOf = (frame: RawFrame, shape: CodeShape, count: number): readonly number[] => {
    const start = layout.blocks === undefined
      ? frame.address + layout.locals + shape.localCount * 8
      : memory.word(frame.address + layout.blocks.stack) ?? 0;
    return words(start, Math.min(count, shape.stackSize));
  };
  const liveDepth = (frame: RawFrame, { exceptionTable }: CodeShape): number =>
    layout.blocks === undefined
      ? exceptionTable === undefined ? 0 : exceptionDepth(exceptionTable, frame.offset)
      : blockLevel(memory, frame.address, layout.blocks);

  return {
    locals(frame) {
      const shape = shapeOf(frame);
      if (shape === undefined) return [];
      const names = namesOf(frame, shape);
      const values = words(frame.address + layout.locals, Math.min(names.length, MAX_LOCALS));
      return values.flatMap((word, index): NamedValue[] => {
        const value = objects.typeName(word) === "cell" ? memory.word(word + CELL_VALUE) ?? 0 : word;
        const name = names[index];
        return value === 0 || name === undefined ? [] : [{ name, value }];
      });
    },
    globals: (frame) => memory.word(frame.address + layout.globals) ?? 0,
    stack(frame) {
      const shape = shapeOf(frame);
      return shape === undefined ? [] : stackOf(frame, shape, shape.stackSize);
    },
    liveStack(frame) {
      const shape = shapeOf(frame);
      return shape === undefined ? [] : stackOf(frame, shape, liveDepth(frame, shape));
    },
  };
}

function readShape(
  { memory, python }: PythonImage,
  layout: ValuesLayout,
  code: number,
): CodeShape | undefined {
  if (memory.word(code + 8) !== python.codeType) return undefined;
  const localCount = memory.int32(code + layout.localCount);
  const stackSize = memory.int32(code + layout.stackSize);
  if (localCount === undefined || localCount < 0 || localCount > MAX_LOCALS) return undefined;
  if (stackSize === undefined || stackSize < 0 || stackSize > MAX_STACK) return undefined;
  const names = layout.names.map((field) => memory.word(code + field) ?? 0);
  const exceptionTable = layout.exceptionTable === undefined
    ? undefined
    : readBytes({ memory, python }, memory.word(code + layout.exceptionTable) ?? 0);
  return { localCount, stackSize, names, exceptionTable };
}

function readBytes({ memory, python }: PythonImage, address: number): Uint8Array | undefined {
  const { length, data } = python.layout.bytes;
  const byteLength = memory.word(address + length) ?? 0;
  if (byteLength <= 0 || byteLength > MAX_TABLE_BYTES) return undefined;
  const view = memory.read(address + data, byteLength);
  return view && new Uint8Array(view.buffer, view.byteOffset, byteLength);
}

/** How much of the stack the innermost of a frame's blocks stands on. */
function blockLevel(
  memory: PythonImage["memory"],
  frame: number,
  { count, first }: NonNullable<ValuesLayout["blocks"]>,
): number {
  const blocks = memory.int32(frame + count) ?? 0;
  if (blocks <= 0 || blocks > MAX_BLOCKS) return 0;
  return Math.max(0, memory.int32(frame + first + (blocks - 1) * BLOCK_BYTES + BLOCK_LEVEL) ?? 0);
}
