import assert from "node:assert/strict";
import { test } from "node:test";
import { runtime } from "./subject.ts";
import { withTempDirectory } from "./support/temp_directory.ts";

test("readAt() reads at the position, and a short count at the end", async () => {
  await withTempDirectory((directory) => {
    runtime.files.create(`${directory}/file`, new TextEncoder().encode("0123456789"));
    const handle = runtime.files.openRead(`${directory}/file`)!;
    const buffer = new Uint8Array(4);
    const read = (position: number): string =>
      new TextDecoder().decode(buffer.subarray(0, handle.readAt(buffer, position)));
    assert.deepEqual([read(6), read(0), read(4), read(8), read(99)], ["6789", "0123", "4567", "89", ""]);
    handle.close();
  });
});

test("openRead() is undefined, when the file cannot be opened", () => {
  assert.equal(runtime.files.openRead("/proc/999999999/mem"), undefined);
  assert.equal(runtime.files.openRead("/nonexistent"), undefined);
});
