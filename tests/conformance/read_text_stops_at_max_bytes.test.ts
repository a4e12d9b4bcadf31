import assert from "node:assert/strict";
import { test } from "node:test";
import { runtime } from "./subject.ts";
import { withTempDirectory } from "./support/temp_directory.ts";

test("readText() stops at maxBytes, or at the end", async () => {
  await withTempDirectory((directory) => {
    const text = "0123456789".repeat(100_000);
    runtime.files.create(`${directory}/file`, new TextEncoder().encode(text));
    for (const maxBytes of [0, 1, 65_535, 65_536, 65_537, 131_072, 200_001, 999_999, 1_000_000, 5_000_000]) {
      assert.ok(
        runtime.files.readText(`${directory}/file`, maxBytes) === text.slice(0, maxBytes),
        `${maxBytes}`,
      );
    }
    assert.ok(runtime.files.readText(`${directory}/file`) === text);
  });
});
