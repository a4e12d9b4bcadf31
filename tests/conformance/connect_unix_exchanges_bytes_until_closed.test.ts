import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer, type Socket } from "node:net";
import { test } from "node:test";
import { runtime } from "./subject.ts";
import { runShell } from "./support/run.ts";
import { withTempDirectory } from "./support/temp_directory.ts";

test("connectUnix() brings the bytes of both sides, and undefined at the end", async () => {
  await withServer((socket) => {
    socket.on("data", (bytes: Uint8Array) => {
      socket.write(bytes);
      socket.end();
    });
  }, async (path) => {
    const connection = await runtime.connectUnix(path);
    await connection.write(new TextEncoder().encode("hello"));
    assert.equal(new TextDecoder().decode(await connection.read()), "hello");
    assert.equal(await connection.read(), undefined);
    connection.close();
  });
});

test("connectUnix() ends a waiting read when it is closed, and may be closed twice", async () => {
  await withServer(() => {}, async (path) => {
    const connection = await runtime.connectUnix(path);
    const read = connection.read();
    connection.close();
    connection.close();
    assert.equal(await read, undefined);
    assert.equal(await connection.read(), undefined);
  });
});

test("connectUnix() throws a HostError when nothing is there, or something else than a socket", async () => {
  await withTempDirectory(async (directory) => {
    await runShell("touch file", { cwd: directory });
    await assert.rejects(runtime.connectUnix(`${directory}/missing`), { name: "HostError" });
    await assert.rejects(runtime.connectUnix(`${directory}/file`), { name: "HostError" });
  });
});

async function withServer(
  onSocket: (socket: Socket) => void,
  action: (path: string) => Promise<void>,
): Promise<void> {
  await withTempDirectory(async (directory) => {
    const sockets: Socket[] = [];
    const server = createServer((socket) => {
      sockets.push(socket);
      // A client that closes at once is no failure of the server.
      socket.on("error", () => {});
      onSocket(socket);
    });
    const path = `${directory}/socket`;
    server.listen(path);
    await once(server, "listening");
    try {
      await action(path);
    } finally {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, "close");
    }
  });
}
