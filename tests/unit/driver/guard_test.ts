import { Guard } from "../../../src/driver/guard.ts";
import { host } from "../../../src/runtime/host.ts";
import type { Child, Runtime } from "../../../src/runtime/port.ts";
import { assertEquals } from "../../support/assert.ts";

Deno.test("Guard.protect() returns a release that resolves once the guard has been told", async () => {
  let told = "";
  const stdin = new WritableStream<Uint8Array>({
    async write(line) {
      for (let turn = 0; turn < 100; turn++) await Promise.resolve();
      told += new TextDecoder().decode(line);
    },
  });
  const child = { pid: 1, exited: Promise.withResolvers().promise, stdin, unref() {} } as unknown as Child;
  const runtime: Runtime = { ...host, os: "linux", spawn: () => child };
  const release = Guard.protect(runtime, { target: -4711, cookie: "cookie", signal: "SIGTERM" });
  await release();
  assertEquals(told, "- -4711\n");
});
