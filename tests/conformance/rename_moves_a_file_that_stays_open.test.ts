import assert from "node:assert/strict";
import { test } from "node:test";
import { runtime } from "./subject.ts";
import { withTempDirectory } from "./support/temp_directory.ts";

test("rename() gives a file another path, when somebody has it open and a file is there", async () => {
  await withTempDirectory((directory) => {
    const file = runtime.files.openAppend(`${directory}/old`);
    file.write(new TextEncoder().encode("before "));
    runtime.files.create(`${directory}/new`, new TextEncoder().encode("in the way"));
    runtime.files.rename(`${directory}/old`, `${directory}/new`);
    file.write(new TextEncoder().encode("after"));
    file.close();
    assert.equal(runtime.files.readText(`${directory}/new`), "before after");
    assert.deepEqual(runtime.files.list(directory), ["new"]);
  });
});

test("rename() throws, when the file does not exist", async () => {
  await withTempDirectory((directory) => {
    assert.throws(() => runtime.files.rename(`${directory}/none`, `${directory}/new`), {
      name: "HostError",
      message: `Cannot rename the file "${directory}/none" to "${directory}/new": does not exist`,
    });
  });
});
