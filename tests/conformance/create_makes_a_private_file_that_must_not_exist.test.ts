import assert from "node:assert/strict";
import { test } from "node:test";
import process from "node:process";
import { runtime } from "./subject.ts";
import { runShell } from "./support/run.ts";
import { withTempDirectory } from "./support/temp_directory.ts";

test("create() makes a file with mode 0600, whatever the umask", async () => {
  await withTempDirectory((directory) => {
    for (const mask of [0, 0o022, 0o777]) {
      const before = process.umask(mask);
      try {
        runtime.files.create(`${directory}/${mask}`, new Uint8Array([1, 2, 3]));
      } finally {
        process.umask(before);
      }
      assert.equal(runtime.files.stat(`${directory}/${mask}`)?.mode, 0o600);
      assert.equal(runtime.files.stat(`${directory}/${mask}`)?.sizeBytes, 3);
    }
  });
});

test("create() throws, when the path exists, as a broken link too", async () => {
  await withTempDirectory(async (directory) => {
    await runShell("touch file; ln -s nowhere broken", { cwd: directory });
    for (const name of ["file", "broken"]) {
      assert.throws(() => runtime.files.create(`${directory}/${name}`, new Uint8Array(1)), {
        name: "HostError",
        message: `Cannot create the file "${directory}/${name}": already exists`,
      });
    }
    assert.equal(runtime.files.stat(`${directory}/file`)?.sizeBytes, 0);
    assert.deepEqual(runtime.files.list(directory)?.sort(), ["broken", "file"]);
  });
});
