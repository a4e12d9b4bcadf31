import type { ReadHandle } from "../../../runtime/port.ts";
import { wordAt } from "../remote_memory.ts";

/** A section of a program's file. */
export interface ElfSection {
  /** Where the file says that it is in memory; 0 for one that is not loaded. */
  readonly address: number;
  /** Where it is in the file. */
  readonly offset: number;
  readonly byteLength: number;
}

/** What the file of a program says of itself. */
export interface ElfSections {
  /** As in the file's header: 62 for x86-64, 183 for aarch64. */
  readonly machine: number;
  readonly sections: ReadonlyMap<string, ElfSection>;
}

const MAGIC_64_BIT_LITTLE_ENDIAN = [0x7f, 0x45, 0x4c, 0x46, 2, 1];
const HEADER_BYTES = 64;
const SECTION_BYTES = 64;
const MAX_SECTIONS = 1024;
const MAX_NAMES_BYTES = 1024 * 1024;
/** Sections that matter have short names. */
const MAX_NAME_BYTES = 64;

/**
 * Reads the table of sections of an ELF file (elf(5)).
 *
 * @param file the program
 * @returns undefined when it is no 64-bit little-endian program with such a table
 */
export function readElfSections(file: ReadHandle): ElfSections | undefined {
  const header = readExactly(file, 0, HEADER_BYTES);
  if (header === undefined || MAGIC_64_BIT_LITTLE_ENDIAN.some((byte, at) => header.getUint8(at) !== byte)) {
    return undefined;
  }
  const count = header.getUint16(60, true);
  const namesIndex = header.getUint16(62, true);
  if (header.getUint16(58, true) !== SECTION_BYTES || count > MAX_SECTIONS || namesIndex >= count) {
    return undefined;
  }
  const table = readExactly(file, wordAt(header, 40), count * SECTION_BYTES);
  if (table === undefined) return undefined;
  const namesBytes = wordAt(table, namesIndex * SECTION_BYTES + 32);
  if (namesBytes > MAX_NAMES_BYTES) return undefined;
  const names = readExactly(file, wordAt(table, namesIndex * SECTION_BYTES + 24), namesBytes);
  if (names === undefined) return undefined;
  const sections = new Map<string, ElfSection>();
  for (let index = 0; index < count; index++) {
    const at = index * SECTION_BYTES;
    const name = textAt(names, table.getUint32(at, true));
    sections.set(name, {
      address: wordAt(table, at + 16),
      offset: wordAt(table, at + 24),
      byteLength: wordAt(table, at + 32),
    });
  }
  return { machine: header.getUint16(18, true), sections };
}

/**
 * Reads a part of a file.
 *
 * @returns undefined when it is not that long
 */
export function readExactly(file: ReadHandle, position: number, byteLength: number): DataView | undefined {
  if (position < 0 || byteLength < 0) return undefined;
  const bytes = new Uint8Array(byteLength);
  return file.readAt(bytes, position) === byteLength ? new DataView(bytes.buffer) : undefined;
}

function textAt(names: DataView, start: number): string {
  const bytes = new Uint8Array(names.buffer).subarray(start, start + MAX_NAME_BYTES);
  const end = bytes.indexOf(0);
  return new TextDecoder().decode(end < 0 ? bytes : bytes.subarray(0, end));
}
