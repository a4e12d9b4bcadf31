import type { Connection } from "../../../runtime/port.ts";

/** Takes bytes off a connection in portions of any size. Each method rejects when the other side ends before. */
export interface ByteReader {
  /** The next `count` bytes. */
  take(count: number): Promise<Uint8Array>;
  /** Drops the next `count` bytes without keeping them. */
  skip(count: number): Promise<void>;
  /** The text up to and with the next empty line of HTTP. Rejects when it is longer than `maxBytes`. */
  takeHead(maxBytes: number): Promise<string>;
}

const EMPTY_LINE = [13, 10, 13, 10];

/**
 * Reads a connection in portions.
 *
 * @param connection which nobody else may read
 * @returns the reader; it holds no more than what is being taken and one read of the connection
 */
export function createByteReader(connection: Connection): ByteReader {
  let held: Uint8Array = new Uint8Array(0);
  const more = async (): Promise<Uint8Array> => {
    const bytes = await connection.read();
    if (bytes === undefined) throw new Error("the connection was closed");
    return bytes;
  };
  const split = (count: number): Uint8Array => {
    const taken = held.subarray(0, count);
    held = held.subarray(count);
    return taken;
  };
  return {
    async take(count) {
      if (held.length >= count) return split(count).slice();
      const taken = new Uint8Array(count);
      let length = held.length;
      taken.set(split(length));
      while (length < count) {
        held = await more();
        const part = split(Math.min(count - length, held.length));
        taken.set(part, length);
        length += part.length;
      }
      return taken;
    },
    async skip(count) {
      let left = count - split(Math.min(count, held.length)).length;
      while (left > 0) {
        held = await more();
        left -= split(Math.min(left, held.length)).length;
      }
    },
    async takeHead(maxBytes) {
      for (;;) {
        const end = indexOfSequence(held, EMPTY_LINE);
        if (end >= 0) return new TextDecoder().decode(split(end + EMPTY_LINE.length));
        if (held.length > maxBytes) throw new Error("it answered with nonsense instead of HTTP");
        const bytes = await more();
        const joined = new Uint8Array(held.length + bytes.length);
        joined.set(held);
        joined.set(bytes, held.length);
        held = joined;
      }
    },
  };
}

function indexOfSequence(bytes: Uint8Array, sequence: readonly number[]): number {
  for (let at = 0; at + sequence.length <= bytes.length; at++) {
    if (sequence.every((byte, offset) => bytes[at + offset] === byte)) return at;
  }
  return -1;
}
