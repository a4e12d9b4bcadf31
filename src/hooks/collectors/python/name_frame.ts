import type { Frame } from "../../../sample_document.ts";
import { lineAt } from "./line_at.ts";
import type { PythonImage } from "./python_image.ts";
import { readText } from "./read_text.ts";
import { wordAt } from "../remote_memory.ts";
import type { RawFrame } from "./walk_frames.ts";

/** Tells function, file and line of a frame: "hidden" for one that is not the program's, undefined when it is torn. */
export type FrameNamer = (frame: RawFrame) => Frame | "hidden" | undefined;

/** What is the same for all frames of one function. */
interface CodeNames {
  readonly function: string;
  readonly file: string;
  readonly lineTable: Uint8Array;
}

const TYPE_OFFSET = 8;
const POINTER_BYTES = 8;
/** From the number of the first instruction that counts as run to the instructions, or the pointer to their copies. */
const FIRST_TRACEABLE_BEFORE = 16;
const INSTRUCTION_BYTES = 2;
const MAX_TABLE_BYTES = 2 ** 20;
const MAX_OFFSET = 16 * 2 ** 20;

/**
 * Makes something that names frames, and remembers what it has read of each function.
 *
 * @param image whose
 */
export function createFrameNamer(image: PythonImage): FrameNamer {
  const { layout, codeType } = image.python;
  const { code: fields, frame: frameLayout, freeThreading } = layout;
  const typeOffset = freeThreading?.objectType ?? TYPE_OFFSET;
  const firstTraceableBefore = FIRST_TRACEABLE_BEFORE + (freeThreading === undefined ? 0 : POINTER_BYTES);
  const codeBytes = Math.max(fields.lineTable + 8, fields.instructions ?? 0);
  const known = new Map<string, CodeNames>();
  return (frame) => {
    if (frame.isShim) return "hidden";
    const view = image.memory.read(frame.code, codeBytes);
    if (view === undefined) return undefined;
    if (wordAt(view, typeOffset) !== codeType) {
      return frameLayout.kind === "record" && frameLayout.runsOtherThanCode ? "hidden" : undefined;
    }
    if (frame.offset < -INSTRUCTION_BYTES || frame.offset > MAX_OFFSET) return undefined;
    if (fields.instructions !== undefined && !frame.isGenerator) {
      const firstTraceable = view.getInt32(fields.instructions - firstTraceableBefore, true);
      if (frame.offset < firstTraceable * INSTRUCTION_BYTES) return "hidden";
    }
    const firstLine = view.getInt32(fields.firstLine, true);
    const parts = [fields.fileName, fields.name, fields.lineTable].map((field) => wordAt(view, field));
    // Addresses are used again for other functions, and then at least one of these differs.
    const key = [frame.code, ...parts].join("/");
    const names = known.get(key) ?? readNames(image, parts);
    if (names === undefined) return undefined;
    known.set(key, names);
    const line = lineAt(layout.lineTable, names.lineTable, { firstLine, offset: frame.offset });
    return { function: names.function, file: names.file, line: line > 0 ? line : undefined };
  };
}

function readNames(image: PythonImage, [file, name, table]: readonly number[]): CodeNames | undefined {
  const fileName = readText(image, file!);
  const functionName = readText(image, name!);
  const lineTable = readBytes(image, table!);
  if (fileName === undefined || functionName === undefined || lineTable === undefined) return undefined;
  return { function: functionName, file: fileName, lineTable };
}

function readBytes({ memory, python }: PythonImage, address: number): Uint8Array | undefined {
  const { length, data } = python.layout.bytes;
  const byteLength = memory.word(address + length);
  if (byteLength === undefined || byteLength < 0 || byteLength > MAX_TABLE_BYTES) return undefined;
  if (byteLength === 0) return new Uint8Array();
  const view = memory.read(address + data, byteLength);
  return view && new Uint8Array(view.buffer, view.byteOffset, byteLength);
}
