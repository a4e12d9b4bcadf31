import { memoryOver, type RemoteMemory } from "../remote_memory.ts";

const PAGE_BYTES = 16_384;
/** 16 MiB in all. */
const MAX_PAGES = 1024;

/**
 * Keeps what was read of a process in pages, for tables that do not change and are read in small pieces.
 *
 * @param memory of the process
 * @returns a reader over at most 16 MiB of pages, which are the caller's to drop
 */
export function createPagedMemory(memory: Pick<RemoteMemory, "readUpTo">): Omit<RemoteMemory, "close"> {
  const pages = new Map<number, DataView | undefined>();
  const page = (start: number): DataView | undefined => {
    if (pages.has(start)) return pages.get(start);
    if (pages.size >= MAX_PAGES) pages.clear();
    const view = memory.readUpTo(start, PAGE_BYTES);
    pages.set(start, view);
    return view;
  };
  return memoryOver((address, byteLength) => {
    const start = address - address % PAGE_BYTES;
    const view = page(start);
    if (view !== undefined && address - start + byteLength <= view.byteLength) {
      return new DataView(view.buffer, view.byteOffset + address - start, byteLength);
    }
    return memory.readUpTo(address, byteLength);
  });
}
