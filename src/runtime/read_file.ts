import type { RawFile } from "./raw_files.ts";

/** Reading is synchronous, so that one buffer serves all files. */
const SCRATCH = new Uint8Array(65_536);
/** A byte order mark is kept: what is read are facts, not documents. */
const DECODER = new TextDecoder("utf-8", { ignoreBOM: true });

/**
 * Reads the beginning of an open file as text. Its size is not asked: files of `/proc` say 0.
 *
 * @param file stays open
 * @param maxBytes where to stop
 * @returns the text, invalid UTF-8 replaced
 */
export function readHeadText(file: RawFile, maxBytes: number): string {
  const count = fill(file, SCRATCH.subarray(0, Math.min(maxBytes, SCRATCH.length)), 0);
  if (count < SCRATCH.length || count >= maxBytes) return DECODER.decode(SCRATCH.subarray(0, count));
  const chunks = [SCRATCH.slice()];
  let position = count;
  while (position < maxBytes) {
    const chunk = new Uint8Array(Math.min(maxBytes - position, Math.max(SCRATCH.length, position)));
    const got = fill(file, chunk, position);
    chunks.push(chunk.subarray(0, got));
    position += got;
    if (got < chunk.length) break;
  }
  return DECODER.decode(concat(chunks, position));
}

/**
 * Reads the end of an open file.
 *
 * @param file stays open
 * @param maxBytes how much at the most
 * @returns the last bytes; of a file that says size 0 (`/proc`), the last of what can be read
 */
export function readEnd(file: RawFile, maxBytes: number): Uint8Array {
  const sizeBytes = file.stat().sizeBytes;
  if (sizeBytes > 0) {
    const position = Math.max(0, sizeBytes - maxBytes);
    const buffer = new Uint8Array(sizeBytes - position);
    return buffer.subarray(0, fill(file, buffer, position));
  }
  let end: Uint8Array = new Uint8Array(0);
  for (let position = 0;;) {
    const count = fill(file, SCRATCH, position);
    position += count;
    const all = concat([end, SCRATCH.subarray(0, count)], end.length + count);
    end = all.slice(Math.max(0, all.length - maxBytes));
    if (count < SCRATCH.length) return end;
  }
}

/** Reads until the buffer is full or the file ends; returns the count. */
function fill(file: RawFile, buffer: Uint8Array, position: number): number {
  let count = 0;
  while (count < buffer.length) {
    const got = file.read(count === 0 ? buffer : buffer.subarray(count), position + count);
    if (got === 0) break;
    count += got;
  }
  return count;
}

function concat(chunks: readonly Uint8Array[], totalBytes: number): Uint8Array {
  const all = new Uint8Array(totalBytes);
  let position = 0;
  for (const chunk of chunks) {
    all.set(chunk, position);
    position += chunk.length;
  }
  return all;
}
