import { memoryOver, type RemoteMemory } from "../../src/hooks/collectors/remote_memory.ts";

/** Memory made up for a test. */
export interface FakeMemory extends Omit<RemoteMemory, "close"> {
  /** Maps zeroes. */
  map(address: number, byteLength: number): void;
  /** Writes into what is mapped. */
  write(address: number, bytes: ArrayLike<number>): void;
  writeWord(address: number, value: number): void;
  writeInt32(address: number, value: number): void;
  /** Is called before each read, to change what is there meanwhile. */
  onRead: (address: number) => void;
}

/** Memory of which nothing is mapped yet. */
export function fakeMemory(): FakeMemory {
  const regions: { readonly start: number; readonly view: DataView }[] = [];
  const find = (address: number): { readonly view: DataView; readonly at: number } | undefined => {
    const region = regions.find(({ start, view }) => address >= start && address < start + view.byteLength);
    return region && { view: region.view, at: address - region.start };
  };
  const mapped = (address: number): { readonly view: DataView; readonly at: number } => {
    const place = find(address);
    if (place === undefined) throw new Error(`Cannot write to 0x${address.toString(16)}: it is not mapped`);
    return place;
  };
  const memory: FakeMemory = {
    ...memoryOver((address, byteLength) => {
      memory.onRead(address);
      const place = find(address);
      if (place === undefined) return undefined;
      const { buffer } = place.view;
      return new DataView(buffer.slice(place.at, Math.min(place.at + byteLength, buffer.byteLength)));
    }),
    map: (start, byteLength) => regions.push({ start, view: new DataView(new ArrayBuffer(byteLength)) }),
    write(address, bytes) {
      const { view, at } = mapped(address);
      new Uint8Array(view.buffer).set(bytes, at);
    },
    writeWord(address, value) {
      const { view, at } = mapped(address);
      view.setBigUint64(at, BigInt(value), true);
    },
    writeInt32(address, value) {
      const { view, at } = mapped(address);
      view.setInt32(at, value, true);
    },
    onRead: () => {},
  };
  return memory;
}
