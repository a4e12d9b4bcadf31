import assert from "node:assert/strict";
import { test } from "node:test";
import { runtime } from "./subject.ts";
import { runShell } from "./support/run.ts";
import { withTempDirectory } from "./support/temp_directory.ts";

test("openAppend() throws, when the path is a link, a directory or a FIFO", async () => {
  await withTempDirectory(async (directory) => {
    await runShell("touch file; ln -s file link; ln -s nowhere broken; mkfifo fifo", { cwd: directory });
    const cases = { link: "is a symbolic link", broken: "is a symbolic link", fifo: "is not a regular file" };
    for (const [name, words] of Object.entries({ ...cases, ".": "is a directory" })) {
      assert.throws(() => runtime.files.openAppend(`${directory}/${name}`), {
        name: "HostError",
        message: `Cannot write to the file "${directory}/${name}": ${words}`,
      });
    }
    assert.equal(runtime.files.stat(`${directory}/file`)?.sizeBytes, 0);
    assert.equal(runtime.files.stat(`${directory}/nowhere`), undefined);
  });
});
