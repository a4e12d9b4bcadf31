import { isAddress, type RemoteMemory, wordAt } from "../remote_memory.ts";
import type { AddressRange } from "./locate_go.ts";

const MAX_RANGE_BYTES = 64 * 1024 * 1024;
const MAX_REASONS = 128;
const MAX_REASON_BYTES = 64;
const STRING_BYTES = 16;
/** What the runtime's list of reasons starts with, in every version, and what else it must hold. */
const FIRST = ["GC assist marking", "IO wait"];
const EXPECTED = ["chan receive", "chan send", "select", "semacquire", "sleep"];

/**
 * Finds the runtime's own words for what goroutines wait for (`waitReasonStrings`) among the variables of a program.
 *
 * @param memory of the process
 * @param range the variables that have values
 * @returns the words by number; undefined when they are not there
 */
export function findWaitReasons(
  memory: Omit<RemoteMemory, "close">,
  range: AddressRange,
): readonly string[] | undefined {
  const view = memory.readUpTo(range.start, Math.min(range.end - range.start, MAX_RANGE_BYTES));
  if (view === undefined) return undefined;
  const lengths = FIRST.map((text) => text.length);
  for (let at = 0; at + (FIRST.length + 1) * STRING_BYTES <= view.byteLength; at += 8) {
    // The word for no reason is empty and comes first.
    const fits = view.getUint32(at + 8, true) === 0 &&
      lengths.every((length, index) => wordAt(view, at + (index + 1) * STRING_BYTES + 8) === length);
    if (!fits) continue;
    const reasons = readReasons(memory, view, at);
    const isList = FIRST.every((text, index) => reasons[index + 1] === text) &&
      EXPECTED.every((text) => reasons.includes(text));
    if (isList) return reasons;
  }
  return undefined;
}

function readReasons(memory: Omit<RemoteMemory, "close">, view: DataView, start: number): string[] {
  const reasons = [""];
  for (let at = start + STRING_BYTES; at + STRING_BYTES <= view.byteLength; at += STRING_BYTES) {
    const [pointer, length] = [wordAt(view, at), wordAt(view, at + 8)];
    if (!isAddress(pointer) || length < 1 || length > MAX_REASON_BYTES || reasons.length > MAX_REASONS) break;
    const bytes = memory.read(pointer, length);
    const text = bytes === undefined ? "" : new TextDecoder().decode(bytes);
    if (!/^[\x20-\x7e]+$/.test(text)) break;
    reasons.push(text);
  }
  return reasons;
}
