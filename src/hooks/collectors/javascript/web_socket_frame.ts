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
 * How every text frame of a client here begins, whatever it carries: the length is always told in eight bytes, of which
 * the higher six are 0.
 */
export const TEXT_PREFIX: Readonly<Uint8Array> = Uint8Array.of(
  FIN | OPCODE.text,
  MASKED | EIGHT_BYTE_LENGTH,
  ...[0, 0, 0, 0, 0, 0],
);

/**
 * Makes a whole text message of one frame, masked as a client must.
 *
 * @param payload what it carries, at most 65535 × 65536 bytes
 * @param mask four bytes
 * @returns the frame, which begins with `TEXT_PREFIX` unless the payload is longer than 65535 bytes
 */
export function encodeText(payload: Uint8Array, mask: Uint8Array): Uint8Array {
  const frame = new Uint8Array(2 + 8 + MASK_BYTES + payload.length);
  frame.set(TEXT_PREFIX);
  new DataView(frame.buffer).setBigUint64(2, BigInt(payload.length));
  return withPayload(frame, payload, mask);
}

/**
 * Makes the answer to a ping, masked as a client must.
 *
 * @param payload of the ping, at most 125 bytes
 * @param mask four bytes
 * @returns the frame
 */
export function encodePong(payload: Uint8Array, mask: Uint8Array): Uint8Array {
  const frame = new Uint8Array(2 + MASK_BYTES + payload.length);
  frame[0] = FIN | OPCODE.pong;
  frame[1] = MASKED | payload.length;
  return withPayload(frame, payload, mask);
}

/** Fills the end of a frame. */
function withPayload(frame: Uint8Array, payload: Uint8Array, mask: Uint8Array): Uint8Array {
  const start = frame.length - payload.length;
  frame.set(mask, start - MASK_BYTES);
  payload.forEach((byte, at) => frame[start + at] = byte ^ mask[at % MASK_BYTES]!);
  return frame;
}
