import { openWebSocket } from "../../../src/hooks/collectors/javascript/open_web_socket.ts";
import { parseInspectorPath } from "../../../src/hooks/collectors/javascript/find_inspector_path.ts";
import type { Connection } from "../../../src/runtime/port.ts";
import { assertEquals, assertRejects } from "../../support/assert.ts";

const MIB = 1024 * 1024;

Deno.test("receive() returns messages, whole or in parts, and acknowledges early without harm", async () => {
  const { connection, sent } = server([
    frame(0x81, "short"),
    frame(0x81, "x".repeat(300)),
    frame(0x01, "in "),
    frame(0x89, "ping"),
    frame(0x80, "parts"),
  ]);
  const socket = await openWebSocket(connection, 9229, "/id");
  assertEquals(await socket.receive(), "short");
  assertEquals((await socket.receive()).length, 300);
  assertEquals(await socket.receive(), "in parts");
  await socket.send("hello");
  await socket.send("again");
  // What was sent early, as an acknowledgement, is part of the first of them.
  const bytes = sent.slice(1).flatMap((part) => [...part]);
  assertEquals(clientTexts(bytes), ["hello", "again"]);
});

Deno.test("receive() passes over messages that are too long, also in parts", async () => {
  const part = "y".repeat(MIB / 2);
  const { connection } = server([
    frame(0x81, "z".repeat(MIB + 1)),
    frame(0x01, part),
    frame(0x00, part),
    frame(0x80, "more"),
    frame(0x81, "next"),
  ]);
  const socket = await openWebSocket(connection, 9229, "/id");
  assertEquals(await socket.receive(), "next");
});

Deno.test("receive() rejects at the end, a close, and what no server may send", async () => {
  for (
    const last of [[], frame(0x88, ""), frame(0xc1, "compressed"), [0x81, 0x80], frame(0x89, "p".repeat(126))]
  ) {
    const { connection } = server([last]);
    const socket = await openWebSocket(connection, 9229, "/id");
    await assertRejects(() => socket.receive(), Error);
  }
});

Deno.test("openWebSocket() rejects nonsense", async () => {
  const answers = ["HTTP/1.1 200 OK\r\n\r\n", "HTTP/1.1 101 x\r\nSec-WebSocket-Accept: wrong\r\n\r\n"];
  for (const answer of [...answers, "x".repeat(100_000)]) {
    const { connection } = server([], answer);
    await assertRejects(() => openWebSocket(connection, 9229, "/id"), Error);
  }
});

Deno.test("parseInspectorPath() takes only a path, from answers of the expected form", () => {
  const list = (url: unknown): string => JSON.stringify([{ webSocketDebuggerUrl: url }]);
  assertEquals(parseInspectorPath(list("ws://127.0.0.1:9229/0f2c-ab")), "/0f2c-ab");
  assertEquals(parseInspectorPath(list("ws://example.org/ws/0f2c")), "/ws/0f2c");
  for (const url of [7, "http://a/b", "ws://a/b\r\nX: y", "ws://a/b c", `ws://a/${"x".repeat(300)}`]) {
    assertEquals(parseInspectorPath(list(url)), undefined);
  }
  for (const text of ["", "[]", "{}", "null", "[null]"]) assertEquals(parseInspectorPath(text), undefined);
});

/** A connection to a server that agrees, unless it has another answer, and then sends the frames in small pieces. */
function server(
  frames: readonly (readonly number[] | Uint8Array)[],
  answer?: string,
): { connection: Connection; sent: Uint8Array[] } {
  const sent: Uint8Array[] = [];
  const rest = frames.flatMap((bytes) => pieces(Uint8Array.from(bytes)));
  const read = async (): Promise<Uint8Array | undefined> => {
    if (answer === undefined) {
      answer = "";
      const key = /Sec-WebSocket-Key: (\S+)/.exec(new TextDecoder().decode(sent[0]))![1]!;
      const bytes = new TextEncoder().encode(`${key}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`);
      const accept = btoa(String.fromCharCode(...new Uint8Array(await crypto.subtle.digest("SHA-1", bytes))));
      return new TextEncoder().encode(`HTTP/1.1 101 Switching\r\nsec-websocket-accept: ${accept}\r\n\r\n`);
    }
    if (answer === "") return rest.shift();
    const bytes = new TextEncoder().encode(answer);
    answer = "";
    return bytes;
  };
  const write = (bytes: Uint8Array): Promise<void> => {
    sent.push(bytes);
    return Promise.resolve();
  };
  return { connection: { read, write, close: () => {} }, sent };
}

function pieces(bytes: Uint8Array): Uint8Array[] {
  const size = Math.max(3, Math.ceil(bytes.length / 5));
  return Array.from(
    { length: Math.ceil(bytes.length / size) },
    (_, at) => bytes.subarray(at * size, (at + 1) * size),
  );
}

/** A frame as a server sends it. */
function frame(first: number, text: string): Uint8Array {
  const payload = new TextEncoder().encode(text);
  const { length } = payload;
  const head = length < 126
    ? [first, length]
    : length < 65536
    ? [first, 126, length >> 8, length & 255]
    : [first, 127, 0, 0, 0, 0, length >> 24, (length >> 16) & 255, (length >> 8) & 255, length & 255];
  const bytes = new Uint8Array(head.length + length);
  bytes.set(head);
  bytes.set(payload, head.length);
  return bytes;
}

/** The messages in what a client sent. */
function clientTexts(bytes: readonly number[]): string[] {
  const texts: string[] = [];
  for (let at = 0; at < bytes.length;) {
    assertEquals(bytes.slice(at, at + 8), [0x81, 0xff, 0, 0, 0, 0, 0, 0]);
    const length = bytes[at + 8]! * 256 + bytes[at + 9]!;
    const mask = bytes.slice(at + 10, at + 14);
    const payload = bytes.slice(at + 14, at + 14 + length).map((byte, index) => byte ^ mask[index % 4]!);
    texts.push(new TextDecoder().decode(Uint8Array.from(payload)));
    at += 14 + length;
  }
  return texts;
}
