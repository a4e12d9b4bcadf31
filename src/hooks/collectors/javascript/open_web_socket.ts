import type { Connection } from "../../../runtime/port.ts";
import { type ByteReader, createByteReader } from "./byte_reader.ts";
import {
  encodePong,
  encodeText,
  OPCODE,
  parseFrameStart,
  parseLength,
  TEXT_PREFIX,
} from "./web_socket_frame.ts";

/** A WebSocket to a program that is not trusted. */
export interface MessageSocket {
  /** The next text message; longer ones than there is room for are passed over. Rejects when it is closed. */
  receive(): Promise<string>;
  /** Sends a text message of at most `MAX_SENT_BYTES`. */
  send(text: string): Promise<void>;
}

/** A message may be so long; the room it takes is bounded by this. */
const MAX_MESSAGE_BYTES = 1024 * 1024;
const MAX_SENT_BYTES = 65535;
const MAX_HEAD_BYTES = 16 * 1024;
/** RFC 6455, section 1.3. */
const ACCEPT_SUFFIX = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

/**
 * Speaks WebSocket over a connection (RFC 6455). The web's own `WebSocket` is not used: it is missing in Node 20, may go
 * through a proxy, and keeps messages of any length.
 *
 * @param connection to be closed by the caller
 * @param port which it leads to
 * @param path what is asked for
 * @returns the socket
 * @throws {Error} when the other side does not agree
 */
export async function openWebSocket(
  connection: Connection,
  port: number,
  path: string,
): Promise<MessageSocket> {
  const sender = createSender(connection);
  const reader = createByteReader({
    ...connection,
    async read() {
      const bytes = await connection.read();
      if (isOpen) sender.acknowledge();
      return bytes;
    },
  });
  let isOpen = false;
  const key = btoa(String.fromCharCode(...crypto.getRandomValues(new Uint8Array(16))));
  const head = [
    `GET ${path} HTTP/1.1`,
    `Host: 127.0.0.1:${port}`,
    "Connection: Upgrade",
    "Upgrade: websocket",
    "Sec-WebSocket-Version: 13",
    `Sec-WebSocket-Key: ${key}`,
  ];
  await connection.write(new TextEncoder().encode(`${head.join("\r\n")}\r\n\r\n`));
  const answer = await reader.takeHead(MAX_HEAD_BYTES);
  const accepted = /^sec-websocket-accept:[ \t]*(\S+)[ \t]*\r$/im.exec(answer)?.[1];
  if (!/^HTTP\/1\.1 101 /.test(answer) || accepted !== await acceptKey(key)) {
    throw new Error("it does not speak WebSocket");
  }
  isOpen = true;
  return {
    receive: () => receiveText(reader, sender.pong),
    send: sender.text,
  };
}

interface Sender {
  text(text: string): Promise<void>;
  pong(payload: Uint8Array): Promise<void>;
  /** Lets the other side know at once that its bytes have come. */
  acknowledge(): void;
}

/**
 * An inspector sends each message by itself and its system (Nagle's algorithm) holds the second back until the first is
 * acknowledged, which ours does after 40 ms unless it has something to send. So what comes in is answered with the next byte
 * of the message that will be sent next; eight bytes of that are known beforehand.
 */
function createSender(connection: Connection): Sender {
  let sentBytes = 0;
  const mask = (): Uint8Array => crypto.getRandomValues(new Uint8Array(4));
  return {
    text(text) {
      const payload = new TextEncoder().encode(text);
      if (payload.length > MAX_SENT_BYTES) return Promise.reject(new Error("the message is too long"));
      const rest = encodeText(payload, mask()).subarray(sentBytes);
      sentBytes = 0;
      return connection.write(rest);
    },
    async pong(payload) {
      // A frame that has been begun cannot be interrupted; nobody here depends on an answer.
      if (sentBytes === 0) await connection.write(encodePong(payload, mask()));
    },
    acknowledge() {
      if (sentBytes === TEXT_PREFIX.length) return;
      const byte = TEXT_PREFIX.slice(sentBytes, ++sentBytes);
      connection.write(byte).catch(() => {});
    },
  };
}

async function acceptKey(key: string): Promise<string> {
  const digest = await crypto.subtle.digest("SHA-1", new TextEncoder().encode(key + ACCEPT_SUFFIX));
  return btoa(String.fromCharCode(...new Uint8Array(digest)));
}

async function receiveText(
  reader: ByteReader,
  answerPing: (payload: Uint8Array) => Promise<void>,
): Promise<string> {
  let parts: Uint8Array[] = [];
  let heldBytes = 0;
  for (;;) {
    const { isLast, opcode, length } = parseFrameStart(await reader.take(2));
    const byteCount = typeof length === "number" ? length : parseLength(await reader.take(length.byteCount));
    const isControl = opcode >= OPCODE.close;
    if (isControl && byteCount > 125) throw new Error("it does not speak WebSocket");
    if (opcode === OPCODE.close) throw new Error("the connection was closed");
    if (isControl) {
      const payload = await reader.take(byteCount);
      if (opcode === OPCODE.ping) await answerPing(payload);
      continue;
    }
    heldBytes += byteCount;
    if (heldBytes > MAX_MESSAGE_BYTES) {
      parts = [];
      await reader.skip(byteCount);
    } else parts.push(await reader.take(byteCount));
    if (!isLast) continue;
    if (heldBytes <= MAX_MESSAGE_BYTES) return decode(parts);
    parts = [];
    heldBytes = 0;
  }
}

function decode(parts: readonly Uint8Array[]): string {
  const decoder = new TextDecoder();
  return parts.map((part) => decoder.decode(part, { stream: true })).join("") + decoder.decode();
}
