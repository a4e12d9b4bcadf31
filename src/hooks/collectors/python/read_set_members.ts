import { isAddress, type RemoteMemory, wordAt } from "../remote_memory.ts";

/** Members of a set, and how many there are. */
export interface SetMembers {
  /** Addresses, in no particular order. */
  readonly members: readonly number[];
  /** As the set counts them. */
  readonly count: number;
}

const USED = 24;
const MASK = 32;
const TABLE = 40;
const HEAD_BYTES = 48;
const ENTRY_BYTES = 16;
/** What lies behind them in a larger set is left out. */
const MAX_SLOTS = 2 ** 18;

/**
 * Reads the members of a `set`. Slots of members that were taken out hold a mark, which is an object, too: whoever
 * calls this tells it by its type.
 *
 * @param memory of the process
 * @param set address of an object of that type
 * @returns undefined when it is torn
 */
export function readSetMembers(
  memory: Omit<RemoteMemory, "close">,
  set: number,
): SetMembers | undefined {
  const head = memory.read(set, HEAD_BYTES);
  if (head === undefined) return undefined;
  const count = wordAt(head, USED);
  const slots = wordAt(head, MASK) + 1;
  if (slots <= 0 || count < 0 || count > slots) return undefined;
  const table = memory.read(wordAt(head, TABLE), Math.min(slots, MAX_SLOTS) * ENTRY_BYTES);
  if (table === undefined) return undefined;
  const members: number[] = [];
  for (let at = 0; at < table.byteLength; at += ENTRY_BYTES) {
    const member = wordAt(table, at);
    if (isAddress(member)) members.push(member);
  }
  return { members, count };
}
