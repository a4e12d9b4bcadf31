import type { PythonImage } from "../../src/hooks/collectors/python/python_image.ts";
import type { PythonLayout } from "../../src/hooks/collectors/python/python_layout.ts";
import { type FakeMemory, fakeMemory } from "./fake_memory.ts";

const CODE_TYPE = 0x500000;
const FRAME_TYPE = 0x500200;
const CODE_BYTES = 0x1000;
const FRAME_BYTES = 0x100;
const KINDS = {
  ascii: 1 << 2 | 1 << 5 | 1 << 6,
  latin1: 1 << 2 | 1 << 5,
  ucs2: 2 << 2 | 1 << 5,
  ucs4: 4 << 2 | 1 << 5,
};

/** A CPython made up in memory, with one thread. */
export interface FakePythonImage {
  readonly image: PythonImage;
  readonly memory: FakeMemory;
  /** Address of the thread state. */
  readonly thread: number;
  /** Adds a text object and returns its address. */
  addText(kind: keyof typeof KINDS, codes: readonly number[]): number;
  /** Adds a function whose only line is its first and returns its address. */
  addCode(name: string, firstLine: number): number;
  /** Adds a frame that was called by another one (0: by none) and returns its address. */
  addFrame(code: number, back: number, owner?: number): number;
  /** Makes a frame the innermost one. */
  setTop(frame: number): void;
}

/**
 * Makes up a CPython.
 *
 * @param layout where its fields lie
 */
export function fakePython(layout: PythonLayout): FakePythonImage {
  const memory = fakeMemory();
  let next = 0x600000;
  const allocate = (byteLength: number): number => {
    const address = next;
    memory.map(address, byteLength);
    next += Math.ceil((byteLength + 16) / 16) * 16;
    return address;
  };
  const thread = allocate(512);
  const addBytes = (bytes: ArrayLike<number>): number => {
    const address = allocate(64 + bytes.length);
    memory.writeWord(address + layout.bytes.length, bytes.length);
    memory.write(address + layout.bytes.data, bytes);
    return address;
  };
  const fake: FakePythonImage = {
    image: {
      memory,
      python: {
        kind: "located",
        version: "test",
        layout,
        runtime: 0,
        codeType: CODE_TYPE,
        frameType: FRAME_TYPE,
        isX86: true,
      },
    },
    memory,
    thread,
    addText(kind, codes) {
      const address = allocate(128 + codes.length * 4);
      const width = kind === "ucs4" ? 4 : kind === "ucs2" ? 2 : 1;
      const start = address + (kind === "ascii" ? layout.text.asciiData : layout.text.data);
      memory.writeWord(address + layout.text.length, codes.length);
      memory.writeInt32(
        address + layout.text.state,
        KINDS[kind] << (layout.freeThreading === undefined ? 0 : 6),
      );
      for (const [index, code] of codes.entries()) {
        memory.write(start + index * width, [code, code >> 8, code >> 16, 0].slice(0, width));
      }
      return address;
    },
    addCode(name, firstLine) {
      const ascii = (text: string): number =>
        fake.addText("ascii", [...text].map((letter) => letter.charCodeAt(0)));
      const address = allocate(CODE_BYTES);
      memory.writeWord(address + (layout.freeThreading?.objectType ?? 8), CODE_TYPE);
      memory.writeInt32(address + layout.code.firstLine, firstLine);
      memory.writeWord(address + layout.code.fileName, ascii("app.py"));
      memory.writeWord(address + layout.code.name, ascii(name));
      memory.writeWord(address + layout.code.lineTable, addBytes([]));
      return address;
    },
    addFrame(code, back, owner = 0) {
      const { frame } = layout;
      const address = allocate(FRAME_BYTES);
      memory.writeWord(address + frame.back, back);
      if (frame.kind === "record") {
        // With a mark as of 3.14.
        memory.writeWord(address + frame.code, code + 1);
        memory.writeWord(address + frame.instruction, code + layout.code.instructions! + 2);
        memory.write(address + frame.owner, [owner]);
      } else {
        memory.writeWord(address + frame.code, code);
        memory.writeWord(address + 8, FRAME_TYPE);
        memory.write(address + frame.running, [frame.runningValues[0]!]);
      }
      return address;
    },
    setTop(frame) {
      const { top } = layout.thread;
      if (top.kind !== "frame") throw new Error("Cannot set the top frame: this layout has a record for it");
      memory.writeWord(thread + top.frame, frame);
    },
  };
  return fake;
}
