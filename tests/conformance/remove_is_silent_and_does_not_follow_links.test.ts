import assert from "node:assert/strict";
import { test } from "node:test";
import { runtime } from "./subject.ts";
import { runShell } from "./support/run.ts";
import { withTempDirectory } from "./support/temp_directory.ts";

test("remove() removes a file or an empty directory, and is silent when it cannot", async () => {
  await withTempDirectory(async (directory) => {
    await runShell("mkdir empty full; touch file full/file", { cwd: directory });
    for (const name of ["empty", "file", "full", "missing"]) runtime.files.remove(`${directory}/${name}`);
    assert.deepEqual(runtime.files.list(directory), ["full"]);
    assert.deepEqual(runtime.files.list(`${directory}/full`), ["file"]);
  });
});

test("removeLater() removes all below, does not follow links, and is silent when it cannot", async () => {
  await withTempDirectory(async (directory) => {
    await runShell("mkdir -p out tree/a/b; touch out/kept tree/a/b/c; ln -s ../out tree/link", {
      cwd: directory,
    });
    for (const name of ["tree", "missing"]) await runtime.files.removeLater(`${directory}/${name}`);
    assert.deepEqual(runtime.files.list(directory), ["out"]);
    assert.deepEqual(runtime.files.list(`${directory}/out`), ["kept"]);
  });
});

test("remove() removes all below, when recursive, and does not follow links", async () => {
  await withTempDirectory(async (directory) => {
    await runShell("mkdir -p out tree/a/b; touch out/kept tree/a/b/c; ln -s ../out tree/link", {
      cwd: directory,
    });
    runtime.files.remove(`${directory}/tree`, { recursive: true });
    assert.deepEqual(runtime.files.list(directory), ["out"]);
    assert.deepEqual(runtime.files.list(`${directory}/out`), ["kept"]);
  });
});
