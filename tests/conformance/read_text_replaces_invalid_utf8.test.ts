import assert from "node:assert/strict";
import { test } from "node:test";
import { runtime } from "./subject.ts";
import { withTempDirectory } from "./support/temp_directory.ts";

test("readText() replaces invalid UTF-8 and keeps the rest, a byte order mark too", async () => {
  await withTempDirectory((directory) => {
    runtime.files.create(`${directory}/file`, new Uint8Array([0xef, 0xbb, 0xbf, 65, 0xff, 0, 66]));
    assert.equal(runtime.files.readText(`${directory}/file`), "\ufeffA\ufffd\0B");
  });
});
