import assert from "node:assert/strict";
import { test } from "node:test";
import { runShell, start, textOf } from "./support/run.ts";

test("stdin passes all bytes and ends, when it is closed", async () => {
  const child = start("sh", ["-c", "wc -c"], { stdin: "piped" });
  const writer = child.stdin!.getWriter();
  for (let piece = 0; piece < 16; piece++) await writer.write(new Uint8Array(65_536));
  await writer.close();
  assert.equal((await textOf(child.stdout)).trim(), String(16 * 65_536));
  await child.stderr!.cancel();
  assert.deepEqual(await child.exited, { kind: "exited", code: 0 });
});

test("stdin is at its end, when it is null", async () => {
  assert.equal((await runShell("wc -c", { stdin: "null" })).stdout.trim(), "0");
});
