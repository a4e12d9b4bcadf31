import assert from "node:assert/strict";
import { test } from "node:test";
import { runtime } from "./subject.ts";
import { unlessProc } from "./support/skip_unless.ts";
import { withTempDirectory } from "./support/temp_directory.ts";

test("readTail() returns the last bytes, or all when there are fewer", async () => {
  await withTempDirectory((directory) => {
    const text = "0123456789".repeat(20_000);
    runtime.files.create(`${directory}/file`, new TextEncoder().encode(text));
    for (const maxBytes of [0, 1, 16_384, 199_999, 200_000, 300_000]) {
      const tail = new TextDecoder().decode(runtime.files.readTail(`${directory}/file`, maxBytes));
      assert.ok(tail === text.slice(Math.max(0, text.length - maxBytes)), `${maxBytes}`);
    }
  });
});

test("readTail() returns the last bytes of a file without a size", { skip: unlessProc }, () => {
  const status = runtime.files.readText("/proc/version")!;
  assert.equal(new TextDecoder().decode(runtime.files.readTail("/proc/version", 5)), status.slice(-5));
});
