import assert from "node:assert/strict";
import { test } from "node:test";
import { runtime } from "./subject.ts";
import { withTempDirectory } from "./support/temp_directory.ts";

test("makeDirectory() makes parents with mode 0700, and is silent when it is there", async () => {
  await withTempDirectory((directory) => {
    runtime.files.makeDirectory(`${directory}/a/b/c`);
    runtime.files.makeDirectory(`${directory}/a/b/c`);
    for (const path of ["a", "a/b", "a/b/c"]) {
      const stat = runtime.files.stat(`${directory}/${path}`);
      assert.deepEqual([stat?.kind, stat?.mode], ["directory", 0o700]);
    }
  });
});

test("makeDirectory() throws, when a file is in the way", async () => {
  await withTempDirectory((directory) => {
    runtime.files.create(`${directory}/file`, new Uint8Array());
    assert.throws(() => runtime.files.makeDirectory(`${directory}/file`), {
      name: "HostError",
      message: `Cannot create the directory "${directory}/file": a file with this name is in the way`,
    });
    assert.throws(() => runtime.files.makeDirectory(`${directory}/file/below`), {
      name: "HostError",
      message: `Cannot create the directory "${directory}/file/below": a part of the path is not a directory`,
    });
  });
});
