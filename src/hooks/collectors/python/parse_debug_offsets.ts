import type { FreeThreadingLayout, PythonLayout } from "./python_layout.ts";
import { wordAt } from "../remote_memory.ts";

/** Where each number stands in the table that starts the runtime, for one minor version. */
interface Positions {
  readonly byteLength: number;
  readonly interpreter: Group<
    "next" | "threadsHead" | "modules" | "ceval" | "gilState" | "gilLocked" | "gilHolder"
  >;
  readonly thread: Group<
    "next" | "interpreter" | "currentFrame" | "threadId" | "nativeThreadId" | "dataStackChunk"
  >;
  readonly frame: Group<"previous" | "executable" | "instruction" | "locals" | "owner">;
  readonly code: Group<"fileName" | "qualifiedName" | "lineTable" | "firstLine" | "instructions">;
  readonly bytes: Group<"length" | "data">;
  readonly text: Group<"state" | "length" | "asciiBytes">;
  /** For builds without a global interpreter lock, where these are known. */
  readonly freeThreading?: FreeThreadingLayout;
}

/** Fields of one structure; `size` is where the table tells how large that is. */
type Group<Field extends string> = { readonly size: number } & { readonly [Name in Field]: number };

/** The same in each table, as the cookie and the version are. */
const IS_FREE_THREADED = 16;
const INTERPRETERS_HEAD = 40;
const MAX_OFFSET = 2 ** 20;
/** Data of other than ASCII text lies behind two more words. */
const WIDE_TEXT_EXTRA = 16;

const POSITIONS: Readonly<Record<number, Positions>> = {
  13: {
    byteLength: 584,
    interpreter: {
      size: 48,
      next: 64,
      threadsHead: 72,
      modules: 88,
      ceval: 112,
      gilState: 120,
      gilLocked: 136,
      gilHolder: 144,
    },
    thread: {
      size: 152,
      next: 168,
      interpreter: 176,
      currentFrame: 184,
      threadId: 192,
      nativeThreadId: 200,
      dataStackChunk: 208,
    },
    frame: { size: 224, previous: 232, executable: 240, instruction: 248, locals: 256, owner: 264 },
    code: {
      size: 272,
      fileName: 280,
      qualifiedName: 296,
      lineTable: 304,
      firstLine: 312,
      instructions: 344,
    },
    bytes: { size: 512, length: 520, data: 528 },
    text: { size: 536, state: 544, length: 552, asciiBytes: 560 },
  },
  14: {
    byteLength: 760,
    interpreter: {
      size: 48,
      next: 64,
      threadsHead: 72,
      modules: 96,
      ceval: 120,
      gilState: 128,
      gilLocked: 144,
      gilHolder: 152,
    },
    thread: {
      size: 176,
      next: 192,
      interpreter: 200,
      currentFrame: 208,
      threadId: 216,
      nativeThreadId: 224,
      dataStackChunk: 232,
    },
    frame: { size: 248, previous: 256, executable: 264, instruction: 272, locals: 280, owner: 288 },
    code: {
      size: 312,
      fileName: 320,
      qualifiedName: 336,
      lineTable: 344,
      firstLine: 352,
      instructions: 384,
    },
    bytes: { size: 592, length: 600, data: 608 },
    text: { size: 616, state: 624, length: 632, asciiBytes: 640 },
    freeThreading: { objectType: 408, copyIndex: 304, copies: 392 },
  },
};

/** Fields that are no pointers, and so need not lie at a multiple of eight. */
const UNALIGNED = new Set(["owner", "firstLine", "gilLocked", "state"]);

/**
 * How much of the runtime holds the table of a minor version, from 3.13 on (`_Py_DebugOffsets` of CPython).
 *
 * @param minor such as 13
 * @returns undefined when its table is not known
 */
export function debugOffsetsByteLength(minor: number): number | undefined {
  return POSITIONS[minor]?.byteLength;
}

/**
 * Reads the table of offsets that a CPython keeps of itself.
 *
 * @param table the start of the runtime, of the length for the minor version
 * @param minor a version whose table is known
 * @returns undefined when a number in it cannot be right
 */
export function parseDebugOffsets(table: DataView, minor: number): PythonLayout | undefined {
  const positions = POSITIONS[minor];
  if (positions === undefined || table.byteLength < positions.byteLength) return undefined;
  const interpretersHead = wordAt(table, INTERPRETERS_HEAD);
  const interpreter = readGroup(table, positions.interpreter);
  const thread = readGroup(table, positions.thread);
  const frame = readGroup(table, positions.frame);
  const code = readGroup(table, positions.code);
  const bytes = readGroup(table, positions.bytes);
  const text = readGroup(table, positions.text);
  if (!interpreter || !thread || !frame || !code || !bytes || !text) return undefined;
  if (interpretersHead < 0 || interpretersHead >= MAX_OFFSET || interpretersHead % 8 !== 0) return undefined;
  const isFreeThreaded = wordAt(table, IS_FREE_THREADED) !== 0;
  const freeThreading = isFreeThreaded ? readFreeThreading(table, positions) : undefined;
  if (isFreeThreaded && freeThreading === undefined) return undefined;
  return {
    interpretersHead,
    interpreter: {
      next: interpreter.next,
      threadsHead: interpreter.threadsHead,
      modules: interpreter.modules,
      byteLength: interpreter.size,
    },
    gil: {
      pointer: interpreter.ceval,
      holder: interpreter.gilHolder - interpreter.gilState,
      locked: interpreter.gilLocked - interpreter.gilState,
    },
    thread: {
      next: thread.next,
      interpreter: thread.interpreter,
      threadId: thread.threadId,
      nativeThreadId: thread.nativeThreadId,
      dataStackChunk: thread.dataStackChunk,
      top: { kind: "frame", frame: thread.currentFrame },
    },
    frame: {
      kind: "record",
      byteLength: Math.max(frame.locals, frame.owner + 1, frame.instruction + 8),
      back: frame.previous,
      code: frame.executable,
      instruction: frame.instruction,
      owner: frame.owner,
      runsOtherThanCode: true,
    },
    code: {
      firstLine: code.firstLine,
      fileName: code.fileName,
      name: code.qualifiedName,
      lineTable: code.lineTable,
      instructions: code.instructions,
    },
    lineTable: "locations",
    text: {
      length: text.length,
      state: text.state,
      asciiData: text.asciiBytes,
      data: text.asciiBytes + WIDE_TEXT_EXTRA,
    },
    bytes: { length: bytes.length, data: bytes.data },
    freeThreading,
  };
}

function readFreeThreading(
  table: DataView,
  { freeThreading, frame, code }: Positions,
): FreeThreadingLayout | undefined {
  if (freeThreading === undefined) return undefined;
  const objectType = wordAt(table, freeThreading.objectType);
  const copyIndex = wordAt(table, freeThreading.copyIndex);
  const copies = wordAt(table, freeThreading.copies);
  const isInside = copyIndex > 0 && copyIndex + 4 <= wordAt(table, frame.size) &&
    copies > 0 && copies + 8 <= wordAt(table, code.size) && copies % 8 === 0 &&
    objectType > 0 && objectType < MAX_OFFSET && objectType % 8 === 0;
  return isInside ? { objectType, copyIndex, copies } : undefined;
}

/** The offsets of one structure; undefined when one of them lies outside it. */
function readGroup<Field extends string>(
  table: DataView,
  group: Group<Field>,
): { readonly [Name in Field | "size"]: number } | undefined {
  const byteLength = wordAt(table, group.size);
  if (byteLength <= 0 || byteLength >= MAX_OFFSET) return undefined;
  const values: Record<string, number> = {};
  for (const [name, position] of Object.entries<number>(group)) {
    const value = wordAt(table, position);
    if (name !== "size") {
      if (value < 0 || value > byteLength) return undefined;
      if (value % 8 !== 0 && !UNALIGNED.has(name)) return undefined;
    }
    values[name] = value;
  }
  return values as { readonly [Name in Field | "size"]: number };
}
