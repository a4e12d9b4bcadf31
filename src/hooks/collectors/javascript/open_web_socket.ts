import type { Connection } from "../../../runtime/port.ts";
import { type ByteReader, createByteReader } from "./byte_reader.ts";
import { encodeFrame, OPCODE, parseFrameStart, parseLength } from "./web_socket_frame.ts";

/** A WebSocket to a program that is not trusted. */
export interface MessageSocket {
  /** The next text message; longer ones than there is room for are passed over. Rejects when it is closed. */
  receive(): Promise<string>;
  /** Sends a text message. */
  send(text: string): Promise<void>;
}

/** A message may be so long; the room it takes is bounded by this. */
const MAX_MESSAGE_BYTES = 1024 * 1024;
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
  const reader = createByteReader(connection);
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
  const send = (opcode: number, payload: Uint8Array): Promise<void> =>
    connection.write(encodeFrame(opcode, payload, crypto.getRandomValues(new Uint8Array(4))));
  return {
    receive: () => receiveText(reader, (payload) => send(OPCODE.pong, payload)),
    send: (text) => send(OPCODE.text, new TextEncoder().encode(text)),
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
