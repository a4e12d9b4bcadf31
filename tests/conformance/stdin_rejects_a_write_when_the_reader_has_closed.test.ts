import assert from "node:assert/strict";
import { test } from "node:test";
import { start } from "./support/run.ts";

test("stdin rejects a write, when the reader has closed", async () => {
  const child = start("true", [], { stdin: "piped", stdout: "null", stderr: "null" });
  await child.exited;
  const writer = child.stdin!.getWriter();
  writer.closed.catch(() => {});
  await assert.rejects(writer.write(new Uint8Array(1_000_000)));
});
