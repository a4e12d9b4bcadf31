import { formatDuration } from "../../../../duration.ts";
import type { MemoryReader } from "../memory_reader.ts";

/**
 * Reads a `struct timespec`.
 *
 * @param memory of the process
 * @param address 0 for none
 * @returns milliseconds; undefined when there is none or it cannot be read
 */
export function readTimespec(memory: MemoryReader, address: bigint): number | undefined {
  return readTime(memory, address, 1e6);
}

/**
 * Reads a `struct timeval`.
 *
 * @param memory of the process
 * @param address 0 for none
 * @returns milliseconds; undefined when there is none or it cannot be read
 */
export function readTimeval(memory: MemoryReader, address: bigint): number | undefined {
  return readTime(memory, address, 1e3);
}

/** A timeout in words. */
export function timeoutText(timeoutMs: number | undefined): string {
  return timeoutMs === undefined ? "no timeout" : `timeout ${formatDuration(timeoutMs)}`;
}

function readTime(memory: MemoryReader, address: bigint, unitsPerMs: number): number | undefined {
  const view = address === 0n ? undefined : memory.read(address, 16);
  if (view === undefined) return undefined;
  const ms = Number(view.getBigInt64(0, true)) * 1000 + Number(view.getBigInt64(8, true)) / unitsPerMs;
  return Number.isFinite(ms) && ms >= 0 ? ms : undefined;
}
