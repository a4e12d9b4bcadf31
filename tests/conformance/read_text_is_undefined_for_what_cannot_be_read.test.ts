import assert from "node:assert/strict";
import { test } from "node:test";
import { runtime } from "./subject.ts";
import { runShell } from "./support/run.ts";
import { withTempDirectory } from "./support/temp_directory.ts";

test("readText() is undefined, when the path cannot be read as a file", async () => {
  await withTempDirectory(async (directory) => {
    await runShell("mkfifo fifo; ln -s nowhere broken; ln -s fifo link", { cwd: directory });
    const paths = ["fifo", "broken", "link", "missing", "."].map((name) => `${directory}/${name}`);
    for (const path of [...paths, "/dev/zero", "/proc/self/fd", "/proc/999999999/stat"]) {
      assert.equal(runtime.files.readText(path), undefined, path);
      assert.equal(runtime.files.readTail(path, 10), undefined, path);
    }
  });
});
