import { lookIntoProcess } from "../../../src/hooks/collectors/javascript/look_into_process.ts";
import { createSourceLookup } from "../../../src/hooks/collectors/javascript/source_lookup.ts";
import { host } from "../../../src/runtime/host.ts";
import { assert, assertRejects } from "../../support/assert.ts";

const LIMIT_MS = 300;
/** Beside the limit, on a machine that is busy. */
const SLACK_MS = 2000;

type Serve = (connection: Deno.Conn, request: string) => Promise<void>;

const write = async (connection: Deno.Conn, bytes: Uint8Array): Promise<void> => {
  for (let sent = 0; sent < bytes.length;) sent += await connection.write(bytes.subarray(sent));
};
const writeText = (connection: Deno.Conn, text: string): Promise<void> =>
  write(connection, new TextEncoder().encode(text));

/** Answers as an inspector does until the WebSocket is open. */
const agree = async (connection: Deno.Conn, request: string): Promise<boolean> => {
  if (request.startsWith("GET /json/list")) {
    const body = JSON.stringify([{ webSocketDebuggerUrl: "ws://example.org:1/id" }]);
    await writeText(connection, `HTTP/1.0 200 OK\r\nContent-Length: ${body.length}\r\n\r\n${body}`);
    return false;
  }
  const key = /Sec-WebSocket-Key: (\S+)/.exec(request)![1]!;
  const bytes = new TextEncoder().encode(`${key}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`);
  const accept = btoa(String.fromCharCode(...new Uint8Array(await crypto.subtle.digest("SHA-1", bytes))));
  await writeText(connection, `HTTP/1.1 101 Switching\r\nSec-WebSocket-Accept: ${accept}\r\n\r\n`);
  return true;
};

const CASES: Readonly<Record<string, Serve>> = {
  "answers with nonsense": (connection) => writeText(connection, "\0\xff nonsense\r\n\r\n"),
  "closes at once": (connection) => Promise.resolve(connection.close()),
  "never answers": () => Promise.resolve(),
  "answers without end": async (connection) => {
    for (;;) await write(connection, new Uint8Array(65536).fill(120));
  },
  "announces a body that is too long": (connection) =>
    writeText(connection, `HTTP/1.0 200 OK\r\nContent-Length: ${2 ** 29}\r\n\r\n[`),
  "sends a message without end": async (connection, request) => {
    if (!await agree(connection, request)) return;
    await write(connection, Uint8Array.of(0x81, 127, 0, 31, 255, 255, 255, 255, 255, 255));
    for (;;) await write(connection, new Uint8Array(65536).fill(120));
  },
  "floods with events": async (connection, request) => {
    if (!await agree(connection, request)) return;
    const event = new TextEncoder().encode('{"method":"Debugger.paused","params":null}');
    for (;;) await write(connection, Uint8Array.of(0x81, event.length, ...event));
  },
  "agrees and then is silent": async (connection, request) => void await agree(connection, request),
};

for (const [name, serve] of Object.entries(CASES)) {
  Deno.test(`lookIntoProcess() gives up in time when the other side ${name}`, () =>
    withServer(serve, async (port) => {
      const timeUp = new AbortController();
      const timer = setTimeout(() => timeUp.abort(), LIMIT_MS);
      const startMs = performance.now();
      const lookup = createSourceLookup(host.files);
      const options = { pid: host.pid, port, isIdle: false, closeAfter: false, lookup };
      const memory = Deno.memoryUsage().rss;
      await assertRejects(() => lookIntoProcess(host, options, timeUp.signal), Error);
      clearTimeout(timer);
      const ms = performance.now() - startMs;
      assert(ms < LIMIT_MS + SLACK_MS, `${ms} ms`);
      const grownMiB = (Deno.memoryUsage().rss - memory) / 2 ** 20;
      assert(grownMiB < 200, `${grownMiB} MiB`);
    }));
}

async function withServer(serve: Serve, test: (port: number) => Promise<void>): Promise<void> {
  const listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const connections: Deno.Conn[] = [];
  const serveOne = async (connection: Deno.Conn): Promise<void> => {
    const buffer = new Uint8Array(4096);
    const count = await connection.read(buffer);
    await serve(connection, new TextDecoder().decode(buffer.subarray(0, count ?? 0)));
  };
  const serving: Promise<void>[] = [];
  const accepting = (async () => {
    for await (const connection of listener) {
      connections.push(connection);
      // It ends when the client has had enough.
      serving.push(serveOne(connection).catch(() => {}));
    }
  })();
  try {
    await test((listener.addr as Deno.NetAddr).port);
  } finally {
    listener.close();
    await accepting;
    for (const connection of connections) closeQuietly(connection);
    await Promise.all(serving);
  }
}

function closeQuietly(connection: Deno.Conn): void {
  try {
    connection.close();
  } catch {
    // The case has closed it itself.
  }
}
