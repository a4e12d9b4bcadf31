import { type RemoteMemory, wordAt } from "../remote_memory.ts";

/** A symbol of a module in memory. */
export interface ElfSymbol {
  readonly address: number;
  readonly byteLength: number;
}

/** What was found in a module. */
export interface ElfSymbols {
  /** As in the file's header: 62 for x86-64, 183 for aarch64. */
  readonly machine: number;
  readonly symbols: ReadonlyMap<string, ElfSymbol>;
}

const MAGIC_64_BIT_LITTLE_ENDIAN = [0x7f, 0x45, 0x4c, 0x46, 2, 1];
const HEADER_BYTES = 64;
const PROGRAM_HEADER_BYTES = 56;
const SYMBOL_BYTES = 24;
const PAGE_BYTES = 4096;
const ET_EXEC = 2;
const PT_LOAD = 1;
const PT_DYNAMIC = 2;
const DT_STRTAB = 5;
const DT_SYMTAB = 6;
const DT_STRSZ = 10;
const MAX_PROGRAM_HEADERS = 64;
const MAX_DYNAMIC_BYTES = 64 * 1024;
const MAX_TABLE_BYTES = 8 * 1024 * 1024;

/**
 * Looks symbols up in the dynamic symbol table of a module in memory, so that neither its file nor its section headers
 * are needed (elf(5)).
 *
 * @param memory of the process
 * @param loadAddress where the start of the module's file is mapped
 * @param names the symbols wanted
 * @returns those that are there; undefined when this is no 64-bit little-endian module with a symbol table
 */
export function readElfSymbols(
  memory: Omit<RemoteMemory, "close">,
  loadAddress: number,
  names: readonly string[],
): ElfSymbols | undefined {
  const header = memory.read(loadAddress, HEADER_BYTES);
  if (header === undefined || MAGIC_64_BIT_LITTLE_ENDIAN.some((byte, at) => header.getUint8(at) !== byte)) {
    return undefined;
  }
  const count = header.getUint16(56, true);
  if (header.getUint16(54, true) !== PROGRAM_HEADER_BYTES || count > MAX_PROGRAM_HEADERS) return undefined;
  const segments = memory.read(loadAddress + wordAt(header, 32), count * PROGRAM_HEADER_BYTES);
  if (segments === undefined) return undefined;
  const starts = Array.from({ length: count }, (_, index) => index * PROGRAM_HEADER_BYTES);
  const first = starts.find((start) => segments.getUint32(start, true) === PT_LOAD);
  const dynamic = starts.find((start) => segments.getUint32(start, true) === PT_DYNAMIC);
  if (first === undefined || dynamic === undefined) return undefined;
  const firstAddress = wordAt(segments, first + 16);
  const isFixed = header.getUint16(16, true) === ET_EXEC;
  const bias = isFixed ? 0 : loadAddress - (firstAddress - (firstAddress % PAGE_BYTES));
  const dynamicBytes = wordAt(segments, dynamic + 40);
  if (dynamicBytes < 0 || dynamicBytes > MAX_DYNAMIC_BYTES) return undefined;
  const tags = memory.read(bias + wordAt(segments, dynamic + 16), dynamicBytes);
  if (tags === undefined) return undefined;
  return {
    machine: header.getUint16(18, true),
    symbols: readTable(memory, tagsOf(tags), bias, names),
  };
}

function tagsOf(view: DataView): ReadonlyMap<number, number> {
  const tags = new Map<number, number>();
  for (let at = 0; at + 16 <= view.byteLength; at += 16) tags.set(wordAt(view, at), wordAt(view, at + 8));
  return tags;
}

function readTable(
  memory: Omit<RemoteMemory, "close">,
  tags: ReadonlyMap<number, number>,
  bias: number,
  names: readonly string[],
): Map<string, ElfSymbol> {
  const found = new Map<string, ElfSymbol>();
  // The loader of glibc has made the addresses absolute, that of musl has not.
  const absolute = (tag: number): number => {
    const address = tags.get(tag) ?? -1;
    return address < bias ? address + bias : address;
  };
  const tableAddress = absolute(DT_SYMTAB);
  const textAddress = absolute(DT_STRTAB);
  const tableBytes = textAddress - tableAddress;
  const textBytes = tags.get(DT_STRSZ) ?? 0;
  if (tableBytes <= 0 || tableBytes > MAX_TABLE_BYTES || textBytes > MAX_TABLE_BYTES) return found;
  const table = memory.read(tableAddress, tableBytes);
  const text = memory.read(textAddress, textBytes);
  if (table === undefined || text === undefined) return found;
  const wanted = names.map((name) => ({ name, bytes: new TextEncoder().encode(`${name}\0`) }));
  for (let at = 0; at + SYMBOL_BYTES <= table.byteLength; at += SYMBOL_BYTES) {
    const isDefined = table.getUint16(at + 6, true) !== 0;
    if (!isDefined) continue;
    const nameAt = table.getUint32(at, true);
    const match = wanted.find(({ bytes }) => startsWith(text, nameAt, bytes));
    if (match === undefined || found.has(match.name)) continue;
    found.set(match.name, { address: bias + wordAt(table, at + 8), byteLength: wordAt(table, at + 16) });
  }
  return found;
}

function startsWith(text: DataView, start: number, bytes: Uint8Array): boolean {
  if (start + bytes.length > text.byteLength) return false;
  for (let index = 0; index < bytes.length; index++) {
    if (text.getUint8(start + index) !== bytes[index]) return false;
  }
  return true;
}
