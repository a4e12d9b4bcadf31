import { isAddress, type RemoteMemory, wordAt } from "../remote_memory.ts";
import type { GoFunction } from "./go_function.ts";
import { valueAtPc } from "./value_at_pc.ts";

/** Names the functions of a Go program and the places in them. */
export interface FunctionTable {
  /** Bytes of the shortest instruction. */
  readonly quantum: number;
  /** The function that an address lies in. */
  find(pc: number): GoFunction | undefined;
  /** The value that a table of the function has for an address; undefined where the table is not readable. */
  value(of: GoFunction, table: number, pc: number): number | undefined;
  /** Path of the source file at an address. */
  file(of: GoFunction, pc: number): string | undefined;
  /** The name at an offset of the table of names. */
  name(offset: number): string | undefined;
  /** Size of an entry of a tree of inlined calls, and where in it name and place of the call are. */
  readonly inlined: { readonly byteLength: number; readonly name: number; readonly parentPc: number };
}

/** `pcHeader` of Go 1.18 and of 1.20, by what it starts with. */
const MAGIC_1_18 = 0xfffffff0;
const MAGIC_1_20 = 0xfffffff1;
const HEADER_BYTES = 72;
const MAX_FUNCTIONS = 8_000_000;
const MAX_NAME_BYTES = 4096;
const MAX_TABLE_BYTES = 64 * 1024;
const INLINE_TABLE = 2;
const INLINE_TREE = 3;
const NO_OFFSET = 0xffffffff;
const INLINED_1_18 = { byteLength: 20, name: 12, parentPc: 16 };
const INLINED_1_20 = { byteLength: 16, name: 4, parentPc: 8 };

/**
 * Opens the table of functions of a program (`.gopclntab`, `symtab.go` of the runtime) in its memory.
 *
 * @param memory of the process; the table does not change
 * @param address where the table starts
 * @param module where the code and the functions' data start, as the program itself knows it
 * @returns undefined when the table is none of Go 1.18 or later
 */
export function openFunctionTable(
  memory: Omit<RemoteMemory, "close">,
  address: number,
  module: { readonly text: number; readonly functionData: number },
): FunctionTable | undefined {
  const header = memory.read(address, HEADER_BYTES);
  if (header === undefined) return undefined;
  const magic = header.getUint32(0, true);
  const quantum = header.getUint8(6);
  const count = wordAt(header, 8);
  const isKnown = magic === MAGIC_1_18 || magic === MAGIC_1_20;
  if (!isKnown || header.getUint8(7) !== 8 || count < 1 || count > MAX_FUNCTIONS) return undefined;
  const [names, units, files, values, functions] = [32, 40, 48, 56, 64].map((at) =>
    address + wordAt(header, at)
  );
  const startLineBytes = magic === MAGIC_1_20 ? 4 : 0;
  const known = new Map<number, GoFunction | undefined>();

  const text = (start: number): string | undefined => {
    const view = memory.readUpTo(start, 256);
    const bytes = view && new Uint8Array(view.buffer, view.byteOffset, view.byteLength);
    const end = bytes?.indexOf(0) ?? -1;
    if (end >= 0) return new TextDecoder().decode(bytes!.subarray(0, end));
    const long = memory.readUpTo(start, MAX_NAME_BYTES);
    if (long === undefined) return undefined;
    const all = new Uint8Array(long.buffer, long.byteOffset, long.byteLength);
    const stop = all.indexOf(0);
    return stop < 0 ? undefined : new TextDecoder().decode(all.subarray(0, stop));
  };
  const entryAt = (index: number): number | undefined => {
    const view = memory.read(functions! + index * 8, 4);
    return view?.getUint32(0, true);
  };
  const read = (index: number): GoFunction | undefined => {
    const offset = memory.read(functions! + index * 8 + 4, 4)?.getUint32(0, true);
    const start = functions! + (offset ?? 0);
    const head = offset === undefined ? undefined : memory.read(start, 40 + startLineBytes);
    if (head === undefined) return undefined;
    const u32 = (at: number): number => head.getUint32(at, true);
    // The entry stands in the function as well: a check on the layout.
    if (u32(0) !== entryAt(index)) return undefined;
    const tables = u32(28);
    const dataCount = head.getUint8(39 + startLineBytes);
    const after = start + 40 + startLineBytes;
    const tableOffset = (number: number): number =>
      number < tables ? memory.int32(after + number * 4) ?? 0 : 0;
    const tree = dataCount > INLINE_TREE
      ? memory.read(after + (tables + INLINE_TREE) * 4, 4)?.getUint32(0, true) ?? NO_OFFSET
      : NO_OFFSET;
    const name = text(names! + u32(4));
    if (name === undefined) return undefined;
    return {
      entry: module.text + u32(0),
      name,
      stackTable: u32(16),
      fileTable: u32(20),
      lineTable: u32(24),
      inlineTable: tableOffset(INLINE_TABLE),
      firstFile: u32(32),
      inlineTree: tree === NO_OFFSET ? undefined : module.functionData + tree,
    };
  };
  const indexOf = (pc: number): number | undefined => {
    const wanted = pc - module.text;
    let [low, high] = [0, count];
    // The first entry above the wanted one; the entry after the last function is the end of the code.
    while (low < high) {
      const middle = (low + high) >>> 1;
      const entry = entryAt(middle);
      if (entry === undefined) return undefined;
      if (entry <= wanted) low = middle + 1;
      else high = middle;
    }
    const end = entryAt(count);
    return wanted < 0 || low === 0 || end === undefined || wanted >= end ? undefined : low - 1;
  };
  const value = (of: GoFunction, table: number, pc: number): number | undefined => {
    if (table === 0) return undefined;
    const view = memory.readUpTo(values! + table, 512);
    const found = view && valueAtPc(view, { entry: of.entry, pc, quantum });
    if (found !== "too-short") return found;
    const whole = memory.readUpTo(values! + table, MAX_TABLE_BYTES);
    const result = whole && valueAtPc(whole, { entry: of.entry, pc, quantum });
    return result === "too-short" ? undefined : result;
  };
  return {
    quantum,
    inlined: magic === MAGIC_1_20 ? INLINED_1_20 : INLINED_1_18,
    find(pc) {
      if (!isAddress(pc)) return undefined;
      const index = indexOf(pc);
      if (index === undefined) return undefined;
      if (!known.has(index)) known.set(index, read(index));
      return known.get(index);
    },
    value,
    file(of, pc) {
      const number = value(of, of.fileTable, pc);
      if (number === undefined || number < 0) return undefined;
      const offset = memory.read(units! + (of.firstFile + number) * 4, 4)?.getUint32(0, true);
      return offset === undefined || offset === NO_OFFSET ? undefined : text(files! + offset);
    },
    name: (offset) => text(names! + offset),
  };
}
