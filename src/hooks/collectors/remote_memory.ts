import type { Files } from "../../runtime/port.ts";

/** User space of 64-bit Linux ends here, so that addresses are exact as numbers. */
const MAX_ADDRESS = 2 ** 47 - 1;
const MIN_ADDRESS = 0x10000;
const MAX_HIGH_WORD = 0x1fffff;
/** Lengths come from the process as well; nothing that is read of it at once is longer. */
const MAX_READ_BYTES = 64 * 1024 * 1024;

/** Reads the memory of a live process, which changes meanwhile. */
export interface RemoteMemory {
  /** Exactly so many bytes; undefined when they cannot be read, or nothing is ever so long. */
  read(address: number, byteLength: number): DataView | undefined;
  /** As many of these bytes as are mapped; undefined when there is none. */
  readUpTo(address: number, byteLength: number): DataView | undefined;
  /** A 64-bit word; undefined when it cannot be read, -1 when it is beyond 2^53. */
  word(address: number): number | undefined;
  /** A signed 32-bit number; undefined when it cannot be read. */
  int32(address: number): number | undefined;
  /** Gives the file back to the system. */
  close(): void;
}

/**
 * Opens the memory of a process.
 *
 * @param files the host's files
 * @param pid the process
 * @returns undefined when it may not be opened or the process has gone; else the caller closes it
 */
export function openRemoteMemory(files: Files, pid: number): RemoteMemory | undefined {
  const handle = files.openRead(`/proc/${pid}/mem`);
  if (handle === undefined) return undefined;
  const readUpTo = (address: number, byteLength: number): DataView | undefined => {
    const bytes = new Uint8Array(byteLength);
    const count = handle.readAt(bytes, address);
    return count > 0 ? new DataView(bytes.buffer, 0, count) : undefined;
  };
  return { ...memoryOver(readUpTo), close: () => handle.close() };
}

/**
 * The reading of words over the reading of bytes.
 *
 * @param readBytes reads bytes, at addresses and of lengths that can be; a short result is not an error
 */
export function memoryOver(readBytes: RemoteMemory["readUpTo"]): Omit<RemoteMemory, "close"> {
  const readUpTo = (address: number, byteLength: number): DataView | undefined =>
    isAddress(address) && byteLength > 0 && byteLength <= MAX_READ_BYTES
      ? readBytes(address, byteLength)
      : undefined;
  const read = (address: number, byteLength: number): DataView | undefined => {
    const view = readUpTo(address, byteLength);
    return view?.byteLength === byteLength ? view : undefined;
  };
  return {
    read,
    readUpTo,
    word(address) {
      const view = read(address, 8);
      return view === undefined ? undefined : wordAt(view, 0);
    },
    int32: (address) => read(address, 4)?.getInt32(0, true),
  };
}

/**
 * A 64-bit word of a block that was read.
 *
 * @param view the block
 * @param offset where in it
 * @returns -1 when it is too great to be an address or a size
 */
export function wordAt(view: DataView, offset: number): number {
  const high = view.getUint32(offset + 4, true);
  return high > MAX_HIGH_WORD ? -1 : high * 2 ** 32 + view.getUint32(offset, true);
}

/**
 * Whether a word may point to something in user space.
 *
 * @param word any number
 */
export function isAddress(word: number): boolean {
  return word >= MIN_ADDRESS && word <= MAX_ADDRESS;
}
