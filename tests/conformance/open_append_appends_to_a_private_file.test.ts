import assert from "node:assert/strict";
import { test } from "node:test";
import { runtime } from "./subject.ts";
import { withTempDirectory } from "./support/temp_directory.ts";

test("openAppend() creates a file with mode 0600, and goes on at its end when it is there", async () => {
  await withTempDirectory((directory) => {
    const path = `${directory}/file`;
    for (const text of ["one\n", "two\n"]) {
      const handle = runtime.files.openAppend(path);
      handle.write(new TextEncoder().encode(text));
      handle.write(new TextEncoder().encode("and\n"));
      handle.close();
    }
    assert.equal(runtime.files.readText(path), "one\nand\ntwo\nand\n");
    assert.equal(runtime.files.stat(path)?.mode, 0o600);
  });
});
