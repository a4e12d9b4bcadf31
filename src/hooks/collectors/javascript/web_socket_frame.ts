/** RFC 6455, section 5.2. */
export const OPCODE = { continuation: 0, text: 1, close: 8, ping: 9, pong: 10 } as const;

const FIN = 0x80;
const MASKED = 0x80;
const TWO_BYTE_LENGTH = 126;
const EIGHT_BYTE_LENGTH = 127;
const MASK_BYTES = 4;

/** What the first two bytes of a frame say. */
export interface FrameStart {
  readonly isLast: boolean;
  readonly opcode: number;
  /** Of the length itself, or how many bytes follow that hold it. */
  readonly length: number | { readonly byteCount: 2 | 8 };
}

/**
 * Reads the start of a frame that a server sent.
 *
 * @param bytes the first two
 * @returns what they say
 * @throws {Error} for what a server must not send
 */
export function parseFrameStart(bytes: Uint8Array): FrameStart {
  const [first, second] = bytes as unknown as readonly [number, number];
  if ((first & 0x70) !== 0 || (second & MASKED) !== 0) throw new Error("it does not speak WebSocket");
  const length = second & 0x7f;
  return {
    isLast: (first & FIN) !== 0,
    opcode: first & 0x0f,
    length: length === TWO_BYTE_LENGTH
      ? { byteCount: 2 }
      : length === EIGHT_BYTE_LENGTH
      ? { byteCount: 8 }
      : length,
  };
}

/**
 * Reads a length of several bytes, the highest first.
 *
 * @param bytes 2 or 8
 * @returns the number
 */
export function parseLength(bytes: Uint8Array): number {
  return bytes.reduce((sum, byte) => sum * 256 + byte, 0);
}

/**
 * Makes a whole message of one frame, masked as a client must.
 *
 * @param opcode one of `OPCODE`
 * @param payload what it carries
 * @param mask four bytes
 * @returns the frame
 */
export function encodeFrame(opcode: number, payload: Uint8Array, mask: Uint8Array): Uint8Array {
  const { length } = payload;
  const isShort = length < TWO_BYTE_LENGTH;
  const isMiddle = !isShort && length < 0x10000;
  const headBytes = isShort ? 2 : isMiddle ? 4 : 10;
  const frame = new Uint8Array(headBytes + MASK_BYTES + length);
  const view = new DataView(frame.buffer);
  frame[0] = FIN | opcode;
  frame[1] = MASKED | (isShort ? length : isMiddle ? TWO_BYTE_LENGTH : EIGHT_BYTE_LENGTH);
  if (isMiddle) view.setUint16(2, length);
  else if (!isShort) view.setBigUint64(2, BigInt(length));
  frame.set(mask, headBytes);
  payload.forEach((byte, at) => frame[headBytes + MASK_BYTES + at] = byte ^ mask[at % MASK_BYTES]!);
  return frame;
}
