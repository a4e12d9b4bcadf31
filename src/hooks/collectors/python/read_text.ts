import type { PythonImage } from "./python_image.ts";
import { wordAt } from "../remote_memory.ts";

/** Header and text of nearly every name. */
const USUAL_BYTES = 192;
/** Before this bit of the state stands whether the text is interned, in a byte where threads change that at once. */
const KIND_BIT = 2;
const FREE_THREADED_KIND_BIT = 8;
const MAX_CHARACTERS = 2 ** 20;
const CHUNK_CHARACTERS = 4096;

/**
 * Reads a compact string object, as names and file names of code are.
 *
 * @param image whose
 * @param address of the object
 * @returns undefined when there is none, or none of that kind
 */
export function readText({ memory, python }: PythonImage, address: number): string | undefined {
  const { text, freeThreading } = python.layout;
  const kindBit = freeThreading === undefined ? KIND_BIT : FREE_THREADED_KIND_BIT;
  const head = memory.readUpTo(address, USUAL_BYTES);
  if (head === undefined || head.byteLength < text.data) return undefined;
  const length = wordAt(head, text.length);
  const state = head.getUint32(text.state, true);
  const flags = state >>> kindBit;
  const characterBytes = flags & 7;
  const isCompact = (flags & 8) !== 0;
  if (!isCompact || ![1, 2, 4].includes(characterBytes) || length < 0 || length > MAX_CHARACTERS) {
    return undefined;
  }
  const isAscii = (flags & 16) !== 0;
  const start = isAscii ? text.asciiData : text.data;
  const byteLength = length * characterBytes;
  const view = start + byteLength <= head.byteLength
    ? new DataView(head.buffer, head.byteOffset + start, byteLength)
    : memory.read(address + start, byteLength);
  if (view === undefined) return undefined;
  const codes = Array.from({ length }, (_, index) => {
    if (characterBytes === 1) return view.getUint8(index);
    return characterBytes === 2 ? view.getUint16(index * 2, true) : view.getUint32(index * 4, true);
  });
  if (codes.some((code) => code > 0x10ffff)) return undefined;
  let read = "";
  for (let at = 0; at < length; at += CHUNK_CHARACTERS) {
    read += String.fromCodePoint(...codes.slice(at, at + CHUNK_CHARACTERS));
  }
  // Bytes of file names that are no text are half characters there.
  return read.toWellFormed();
}
