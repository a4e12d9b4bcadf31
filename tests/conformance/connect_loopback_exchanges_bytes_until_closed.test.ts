import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer, type Server, type Socket } from "node:net";
import { test } from "node:test";
import { runtime } from "./subject.ts";

test("connectLoopback() brings the bytes of both sides, and undefined at the end", async () => {
  await withServer((socket) => {
    socket.on("data", (bytes: Uint8Array) => {
      socket.write(bytes);
      socket.end();
    });
  }, async (port) => {
    const connection = await runtime.connectLoopback(port);
    await connection.write(new TextEncoder().encode("hello"));
    assert.equal(new TextDecoder().decode(await connection.read()), "hello");
    assert.equal(await connection.read(), undefined);
    connection.close();
  });
});

test("connectLoopback() ends a waiting read when it is closed, and may be closed twice", async () => {
  await withServer(() => {}, async (port) => {
    const connection = await runtime.connectLoopback(port);
    const read = connection.read();
    connection.close();
    connection.close();
    assert.equal(await read, undefined);
    assert.equal(await connection.read(), undefined);
  });
});

test("connectLoopback() throws a HostError when nobody listens", async () => {
  let unused = 0;
  await withServer(() => {}, (port) => {
    unused = port;
    return Promise.resolve();
  });
  await assert.rejects(runtime.connectLoopback(unused), { name: "HostError" });
});

async function withServer(
  onSocket: (socket: Socket) => void,
  action: (port: number) => Promise<void>,
): Promise<void> {
  const sockets: Socket[] = [];
  const server: Server = createServer((socket) => {
    sockets.push(socket);
    // A client that closes at once is no failure of the server.
    socket.on("error", () => {});
    onSocket(socket);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  try {
    await action((server.address() as { port: number }).port);
  } finally {
    for (const socket of sockets) socket.destroy();
    server.close();
    await once(server, "close");
  }
}
