import { isAddress, type RemoteMemory, wordAt } from "../remote_memory.ts";
import type { GoProgram } from "./find_go_program.ts";

/** A range of addresses. */
export interface AddressRange {
  readonly start: number;
  readonly end: number;
}

/** Where the parts of a Go program are in a process, as the program itself knows it. */
export interface GoPlaces {
  /** Its table of functions. */
  readonly functionTable: number;
  /** Where the functions' entries count from. */
  readonly text: number;
  /** Where the data of functions counts from. */
  readonly functionData: number;
  /** Its variables: those with pointers and a value first. */
  readonly data: AddressRange;
  /** Variables with pointers that start as zero. */
  readonly zeroed: AddressRange;
}

const TABLE_SECTIONS = [".gopclntab", ".data.rel.ro.gopclntab"];
const MODULE_SECTIONS = [".go.module", ".noptrdata", ".data", ".data.rel.ro"];
const MAX_SECTION_BYTES = 32 * 1024 * 1024;
const MODULE_BYTES = 328;
const MAGIC_1_18 = 0xfffffff0;

/**
 * Finds the parts of a Go program in the memory of its process by its `moduledata` (`symtab.go` of Go 1.18 and later),
 * which needs no symbols.
 *
 * @param memory of the process
 * @param program its file
 * @param maps the text of its `/proc/PID/maps`
 * @returns undefined when there is none that holds together
 */
export function locateGo(
  memory: Omit<RemoteMemory, "close">,
  program: GoProgram,
  maps: string,
): GoPlaces | undefined {
  const name = TABLE_SECTIONS.find((name) => program.sections.has(name));
  const table = name === undefined ? undefined : program.sections.get(name);
  if (table === undefined) return undefined;
  const functionTable = addressOfOffset(maps, table.offset);
  if (functionTable === undefined) return undefined;
  const shift = functionTable - table.address;
  for (const name of MODULE_SECTIONS) {
    const section = program.sections.get(name);
    if (section === undefined || section.address === 0) continue;
    const start = section.address + shift;
    const view = memory.readUpTo(start, Math.min(section.byteLength, MAX_SECTION_BYTES));
    if (view === undefined) continue;
    for (let at = 0; at + 8 <= view.byteLength; at += 8) {
      if (view.getUint32(at, true) !== functionTable % 2 ** 32 || wordAt(view, at) !== functionTable) {
        continue;
      }
      const places = readModule(memory, start + at, functionTable);
      if (places !== undefined) return places;
    }
  }
  return undefined;
}

function readModule(
  memory: Omit<RemoteMemory, "close">,
  address: number,
  functionTable: number,
): GoPlaces | undefined {
  const view = memory.read(address, MODULE_BYTES);
  const magic = memory.int32(functionTable);
  if (view === undefined || magic === undefined) return undefined;
  const word = (at: number): number => wordAt(view, at);
  // Go 1.20 has added the counters of coverage.
  const added = magic >>> 0 === MAGIC_1_18 ? 0 : 16;
  const [minPc, maxPc, text, textEnd] = [word(160), word(168), word(176), word(184)];
  const data = { start: word(208), end: word(216) };
  const zeroed = { start: word(224), end: word(232) };
  const functionData = word(304 + added);
  const isSound = text <= minPc && minPc < maxPc && maxPc <= textEnd && isRange(data) && isRange(zeroed) &&
    isAddress(text) && isAddress(functionData);
  return isSound ? { functionTable, text, functionData, data, zeroed } : undefined;
}

function isRange({ start, end }: AddressRange): boolean {
  return isAddress(start) && end >= start && end - start <= 2 ** 32;
}

/** Where a part of the program's file is mapped: the file is the first one in the maps that holds code. */
function addressOfOffset(maps: string, offset: number): number | undefined {
  let program: string | undefined;
  for (const line of maps.split("\n")) {
    const [, start, end, fileOffset, inode] =
      /^([0-9a-f]+)-([0-9a-f]+) \S+ ([0-9a-f]+) (\S+ \d+)/.exec(line) ?? [];
    if (start === undefined || end === undefined || fileOffset === undefined || inode?.endsWith(" 0")) {
      continue;
    }
    program ??= inode;
    if (inode !== program) continue;
    const from = parseInt(fileOffset, 16);
    const [low, high] = [parseInt(start, 16), parseInt(end, 16)];
    if (offset >= from && offset < from + high - low) return low + offset - from;
  }
  return undefined;
}
