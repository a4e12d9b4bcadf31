import assert from "node:assert/strict";
import { test } from "node:test";
import { runtime } from "./subject.ts";
import { start } from "./support/run.ts";
import { withTempDirectory } from "./support/temp_directory.ts";

test("spawn() throws not-executable, when the file may not be executed", async () => {
  await withTempDirectory((directory) => {
    runtime.files.create(`${directory}/plain`, new Uint8Array());
    assert.throws(() => start(`${directory}/plain`, []), { reason: "not-executable", message: /chmod \+x/ });
    assert.throws(() => start("plain", [], { env: { PATH: directory } }), { reason: "not-executable" });
  });
});

test("spawn() throws not-executable, when the program is a directory", async () => {
  await withTempDirectory((directory) => {
    assert.throws(() => start(directory, []), { reason: "not-executable", message: /is a directory/ });
  });
});
