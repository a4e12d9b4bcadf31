import assert from "node:assert/strict";
import { test } from "node:test";
import { start } from "./support/run.ts";

test("stdout and stderr bring all bytes, each its own", async () => {
  const child = start("sh", ["-c", "head -c 3000000 /dev/zero & head -c 2000000 /dev/zero >&2; wait"]);
  const [stdout, stderr] = await Promise.all([sizeOf(child.stdout!), sizeOf(child.stderr!)]);
  assert.deepEqual([stdout, stderr], [3_000_000, 2_000_000]);
  await child.exited;
});

test("stdin, stdout and stderr are undefined, when they are not piped", async () => {
  const child = start("true", [], { stdin: "null", stdout: "null", stderr: "null" });
  assert.deepEqual([child.stdin, child.stdout, child.stderr], [undefined, undefined, undefined]);
  await child.exited;
});

async function sizeOf(stream: ReadableStream<Uint8Array>): Promise<number> {
  return (await new Response(stream).arrayBuffer()).byteLength;
}
