import assert from "node:assert/strict";
import { test } from "node:test";
import { runtime } from "./subject.ts";

test("makeTempDirectory() makes a new directory with mode 0700 each time", () => {
  const paths = ["x-", "x-"].map((prefix) => runtime.files.makeTempDirectory(prefix));
  assert.notEqual(paths[0], paths[1]);
  for (const path of paths) {
    assert.match(path, /^\/.*\/x-[^/]+$/);
    assert.deepEqual([runtime.files.stat(path)?.mode, runtime.files.list(path)], [0o700, []]);
    runtime.files.remove(path);
    assert.equal(runtime.files.stat(path), undefined);
  }
});
