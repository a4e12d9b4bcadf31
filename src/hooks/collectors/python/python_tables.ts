import type { PythonLayout } from "./python_layout.ts";

const OLD_TEXT = { length: 16, state: 32, asciiData: 48, data: 72 };
const BYTES = { length: 16, data: 32 };
const OBJECT_FRAME = { kind: "object", back: 24, code: 32 } as const;
const RECORD_FRAME = {
  kind: "record",
  byteLength: 72,
  instruction: 56,
  runsOtherThanCode: false,
} as const;
const OLD_CODE = { firstLine: 40, fileName: 104, name: 112, lineTable: 120 };
const OLD_THREAD = { next: 8, interpreter: 16, threadId: 176, top: { kind: "frame", frame: 24 } } as const;

/**
 * The layouts of the CPython versions that do not tell theirs, by version: default builds for x86-64, as their debug
 * information has it (3.8.18, 3.9.18, 3.10.13, 3.11.7 and 3.12.1).
 */
export const PYTHON_TABLES: Readonly<Record<string, PythonLayout>> = {
  "3.8": {
    interpretersHead: 32,
    interpreter: { next: 0, threadsHead: 8, modules: 56 },
    gil: { holder: 1160, locked: 1168 },
    thread: OLD_THREAD,
    frame: {
      ...OBJECT_FRAME,
      byteLength: 120,
      instruction: 104,
      instructionBytes: 1,
      generator: 96,
      running: 116,
      runningValues: [1],
    },
    code: OLD_CODE,
    lineTable: "lnotab",
    text: OLD_TEXT,
    bytes: BYTES,
  },
  "3.9": {
    interpretersHead: 32,
    interpreter: { next: 0, threadsHead: 8, modules: 856 },
    gil: { holder: 360, locked: 368 },
    thread: OLD_THREAD,
    frame: {
      ...OBJECT_FRAME,
      byteLength: 120,
      instruction: 104,
      instructionBytes: 1,
      generator: 96,
      running: 116,
      runningValues: [1],
    },
    code: OLD_CODE,
    lineTable: "lnotab",
    text: OLD_TEXT,
    bytes: BYTES,
  },
  "3.10": {
    interpretersHead: 32,
    interpreter: { next: 0, threadsHead: 8, modules: 856 },
    gil: { holder: 360, locked: 368 },
    thread: OLD_THREAD,
    frame: {
      ...OBJECT_FRAME,
      byteLength: 112,
      instruction: 96,
      instructionBytes: 2,
      generator: 88,
      running: 108,
      // Executing, or unwinding.
      runningValues: [0, 2],
    },
    code: OLD_CODE,
    lineTable: "ranges",
    text: OLD_TEXT,
    bytes: BYTES,
  },
  "3.11": {
    interpretersHead: 40,
    interpreter: { next: 0, threadsHead: 16, modules: 888 },
    gil: { holder: 368, locked: 376 },
    thread: {
      next: 8,
      interpreter: 16,
      threadId: 152,
      nativeThreadId: 160,
      dataStackChunk: 296,
      top: { kind: "cframe", cframe: 56, rootCframe: 336, currentFrame: 8, previous: 16 },
    },
    frame: { ...RECORD_FRAME, back: 48, code: 32, owner: 69 },
    code: { firstLine: 72, fileName: 112, name: 128, lineTable: 136, instructions: 184 },
    lineTable: "locations",
    text: OLD_TEXT,
    bytes: BYTES,
  },
  "3.12": {
    interpretersHead: 40,
    interpreter: { next: 0, threadsHead: 72, modules: 944 },
    gil: { pointer: 384, holder: 8, locked: 16 },
    thread: {
      next: 8,
      interpreter: 16,
      threadId: 136,
      nativeThreadId: 144,
      dataStackChunk: 232,
      top: { kind: "cframe", cframe: 56, rootCframe: 272, currentFrame: 0, previous: 8 },
    },
    frame: { ...RECORD_FRAME, back: 8, code: 0, owner: 70 },
    code: { firstLine: 68, fileName: 112, name: 128, lineTable: 136, instructions: 192 },
    lineTable: "locations",
    text: { length: 16, state: 32, asciiData: 40, data: 56 },
    bytes: BYTES,
  },
};
