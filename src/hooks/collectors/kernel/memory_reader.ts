import type { Files, ReadHandle } from "../../../runtime/port.ts";

/** Addresses above this one cannot be expressed as a file position; user space ends far below. */
const ADDRESS_MASK = (1n << 56n) - 1n;
const MAX_STRING_BYTES = 4096;
const PAGE_BYTES = 4096;

/** Reads the memory of one process. The caller closes it. */
export interface MemoryReader {
  /** Exactly so many bytes; undefined when they cannot be read. */
  read(address: bigint, byteLength: number): DataView | undefined;
  /** A NUL-terminated string, invalid UTF-8 replaced, 4096 bytes at most; undefined when it cannot be read. */
  readString(address: bigint): string | undefined;
  close(): void;
}

/**
 * Opens `/proc/PID/mem` when it is first needed.
 *
 * @param files the host's files
 * @param path of the mem file
 * @returns a reader that answers undefined where the memory may not be read
 */
export function createMemoryReader(files: Files, path: string): MemoryReader {
  let handle: ReadHandle | undefined;
  let isOpened = false;
  const readUpTo = (address: bigint, byteLength: number): Uint8Array | undefined => {
    if (!isOpened) {
      isOpened = true;
      handle = files.openRead(path);
    }
    // arm64 ignores the top byte of a pointer, and programs keep tags there.
    const position = Number(address & ADDRESS_MASK);
    if (handle === undefined || position === 0 || position + byteLength > Number.MAX_SAFE_INTEGER) {
      return undefined;
    }
    const buffer = new Uint8Array(byteLength);
    const count = handle.readAt(buffer, position);
    return count > 0 ? buffer.subarray(0, count) : undefined;
  };
  return {
    read(address, byteLength) {
      const bytes = readUpTo(address, byteLength);
      return bytes?.length === byteLength ? new DataView(bytes.buffer) : undefined;
    },
    readString(address) {
      // One page at a time: the next one may be unmapped.
      const parts: Uint8Array[] = [];
      let total = 0;
      while (total < MAX_STRING_BYTES) {
        const start = address + BigInt(total);
        const bytes = readUpTo(start, PAGE_BYTES - Number(start % BigInt(PAGE_BYTES)));
        if (bytes === undefined) return undefined;
        const end = bytes.indexOf(0);
        parts.push(end < 0 ? bytes : bytes.subarray(0, end));
        total += bytes.length;
        if (end >= 0) break;
      }
      const joined = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
      let offset = 0;
      for (const part of parts) {
        joined.set(part, offset);
        offset += part.length;
      }
      return new TextDecoder().decode(joined.subarray(0, MAX_STRING_BYTES));
    },
    close() {
      handle?.close();
      handle = undefined;
    },
  };
}
