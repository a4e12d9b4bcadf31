import assert from "node:assert/strict";
import { test } from "node:test";
import { runtime } from "./subject.ts";
import { runShell } from "./support/run.ts";
import { withTempDirectory } from "./support/temp_directory.ts";

test("list() returns all names, or undefined when there is no directory", async () => {
  await withTempDirectory(async (directory) => {
    await runShell("mkdir d; ln -s nowhere broken; touch file .hidden 'with space'", { cwd: directory });
    assert.deepEqual(runtime.files.list(directory)?.sort(), [".hidden", "broken", "d", "file", "with space"]);
    assert.equal(runtime.files.list(`${directory}/file`), undefined);
    assert.equal(runtime.files.list(`${directory}/missing`), undefined);
  });
});
