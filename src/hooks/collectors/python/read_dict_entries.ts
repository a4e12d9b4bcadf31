import type { DictKeysLayout, ObjectLayout } from "./object_layout.ts";
import { isAddress, type RemoteMemory, wordAt } from "../remote_memory.ts";

/** An entry of a dictionary: addresses of two objects. */
export interface DictEntry {
  readonly key: number;
  readonly value: number;
}

/** Attributes of an instance: names in one place, values in another. */
export interface SplitTable {
  /** Address of the table of names. */
  readonly keys: number;
  /** Address of the block of values. */
  readonly values: number;
}

/** Where the entries of a table of keys lie. */
interface EntryTable {
  readonly start: number;
  readonly count: number;
  /** Whether each entry starts with the hash of its key. */
  readonly hasHash: boolean;
}

const KEYS = 32;
const VALUES = 40;
const HEAD_BYTES = 40;
const MAX_LOG_SIZE = 32;
/** The kind of a table, from 3.11 on, whose keys may be anything. */
const GENERAL_KIND = 0;
const MAX_KIND = 2;

/**
 * The entries of a dictionary, in the order in which they were added.
 *
 * @param memory of the process
 * @param layout of its objects
 * @param dictionary address of the dictionary
 * @param limit how many at most
 * @returns empty for what cannot be a dictionary
 */
export function readDictEntries(
  memory: Omit<RemoteMemory, "close">,
  layout: ObjectLayout,
  dictionary: number,
  limit: number,
): readonly DictEntry[] {
  const keys = memory.word(dictionary + KEYS) ?? 0;
  const values = memory.word(dictionary + VALUES);
  if (values === undefined) return [];
  if (values !== 0) return readSplitEntries(memory, layout, { keys, values }, limit);
  return readEntries(memory, layout.keys, keys, limit).filter(isEntry);
}

/**
 * The attributes of an instance whose names are those of its class.
 *
 * @param memory of the process
 * @param layout of its objects
 * @param table where names and values are
 * @param limit how many at most
 * @returns those that have a value
 */
export function readSplitEntries(
  memory: Omit<RemoteMemory, "close">,
  layout: ObjectLayout,
  { keys, values }: SplitTable,
  limit: number,
): readonly DictEntry[] {
  const names = readEntries(memory, layout.keys, keys, limit);
  const view = names.length === 0 ? undefined : memory.read(values + layout.valuesData, names.length * 8);
  if (view === undefined) return [];
  return names.map(({ key }, index) => ({ key, value: wordAt(view, index * 8) })).filter(isEntry);
}

function readEntries(
  memory: Omit<RemoteMemory, "close">,
  layout: DictKeysLayout,
  keys: number,
  limit: number,
): readonly DictEntry[] {
  const table = findEntries(memory, layout, keys);
  if (table === undefined) return [];
  const count = Math.min(table.count, limit);
  const words = table.hasHash ? 3 : 2;
  const view = count > 0 ? memory.read(table.start, count * words * 8) : undefined;
  if (view === undefined) return [];
  return Array.from({ length: count }, (_, index) => {
    const key = (index * words + words - 2) * 8;
    return { key: wordAt(view, key), value: wordAt(view, key + 8) };
  });
}

/** Removed entries leave gaps. */
function isEntry({ key, value }: DictEntry): boolean {
  return isAddress(key) && isAddress(value);
}

function findEntries(
  memory: Omit<RemoteMemory, "close">,
  layout: DictKeysLayout,
  keys: number,
): EntryTable | undefined {
  const head = memory.read(keys, HEAD_BYTES);
  if (head === undefined) return undefined;
  const count = wordAt(head, layout.entryCount);
  if (layout.kind === "power") {
    const logSize = head.getUint8(8);
    const logIndexBytes = head.getUint8(9);
    const kind = head.getUint8(10);
    if (logSize > MAX_LOG_SIZE || logIndexBytes > MAX_LOG_SIZE + 3 || kind > MAX_KIND) return undefined;
    if (count < 0 || count > 2 ** logSize) return undefined;
    return { start: keys + layout.indices + 2 ** logIndexBytes, count, hasHash: kind === GENERAL_KIND };
  }
  const size = wordAt(head, 8);
  if (size <= 0 || size > 2 ** MAX_LOG_SIZE || count < 0 || count > size) return undefined;
  const indexBytes = size <= 0xff ? 1 : size <= 0xffff ? 2 : 4;
  return { start: keys + layout.indices + size * indexBytes, count, hasHash: true };
}
