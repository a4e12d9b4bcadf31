import type { LineTableKind } from "./python_layout.ts";

const MAX_VARINT_BYTES = 6;
const NO_LINE = -128;

/** Which instruction of which code. */
export interface LineQuery {
  /** Line of the function's head. */
  readonly firstLine: number;
  /** Of the instruction, in bytes. */
  readonly offset: number;
}

/**
 * The line of an instruction, as CPython's `PyCode_Addr2Line` tells it (`Objects/lnotab_notes.txt`,
 * `Objects/locations.md`).
 *
 * @param kind how the table is written
 * @param table the bytes of `co_lnotab` or `co_linetable`, which may be torn
 * @param query what is looked for
 * @returns the line of the head when the table has none
 */
export function lineAt(kind: LineTableKind, table: Uint8Array, query: LineQuery): number {
  if (query.offset < 0) return query.firstLine;
  switch (kind) {
    case "lnotab":
      return lineInLnotab(table, query);
    case "ranges":
      return lineInRanges(table, query);
    case "locations":
      return lineInLocations(table, query);
  }
}

function lineInLnotab(table: Uint8Array, { firstLine, offset }: LineQuery): number {
  let line = firstLine;
  let address = 0;
  for (let index = 0; index + 1 < table.length; index += 2) {
    address += table[index]!;
    if (address > offset) break;
    line += signed(table[index + 1]!);
  }
  return line;
}

function lineInRanges(table: Uint8Array, { firstLine, offset }: LineQuery): number {
  let line = firstLine;
  let end = 0;
  for (let index = 0; index + 1 < table.length; index += 2) {
    end += table[index]!;
    const step = signed(table[index + 1]!);
    if (step !== NO_LINE) line += step;
    if (offset < end) return step === NO_LINE ? firstLine : line;
  }
  return firstLine;
}

function lineInLocations(table: Uint8Array, { firstLine, offset }: LineQuery): number {
  let line = firstLine;
  let end = 0;
  let index = 0;
  while (index < table.length) {
    const head = table[index]!;
    const code = (head >> 3) & 15;
    end += ((head & 7) + 1) * 2;
    if (code === 13 || code === 14) line += signedVarint(table, index + 1);
    else if (code >= 10 && code <= 12) line += code - 10;
    if (offset < end) return code === 15 ? firstLine : line;
    // Each entry starts with the only byte in it that has the highest bit.
    do index++; while (index < table.length && table[index]! < 128);
  }
  return firstLine;
}

function signedVarint(table: Uint8Array, start: number): number {
  let value = 0;
  for (let count = 0; count < MAX_VARINT_BYTES; count++) {
    const byte = table[start + count] ?? 0;
    value += (byte & 63) * 2 ** (6 * count);
    if ((byte & 64) === 0) break;
  }
  const magnitude = Math.floor(value / 2);
  return value % 2 === 1 ? -magnitude : magnitude;
}

function signed(byte: number): number {
  return byte > 127 ? byte - 256 : byte;
}
