import assert from "node:assert/strict";
import { test } from "node:test";
import { gunzipSync } from "node:zlib";
import { runtime } from "./subject.ts";

test("gzip() compresses, so that gunzip restores it", async () => {
  const bytes = new TextEncoder().encode("the same again ".repeat(100_000));
  const compressed = await runtime.gzip(bytes);
  assert.ok(compressed.length < bytes.length / 50);
  assert.ok(gunzipSync(compressed).equals(bytes));
  assert.equal(gunzipSync(await runtime.gzip(new Uint8Array())).length, 0);
});
