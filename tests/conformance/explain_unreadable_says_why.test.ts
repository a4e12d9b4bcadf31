import assert from "node:assert/strict";
import { test } from "node:test";
import { runtime } from "./subject.ts";
import { runShell } from "./support/run.ts";
import { withTempDirectory } from "./support/temp_directory.ts";

test("explainUnreadable() says why, when a path cannot be read", async () => {
  await withTempDirectory(async (directory) => {
    await runShell("mkfifo fifo; touch file", { cwd: directory });
    const explain = (name: string): string => runtime.files.explainUnreadable(`${directory}/${name}`);
    assert.equal(explain("missing"), "does not exist");
    assert.equal(explain("file/below"), "a part of the path is not a directory");
    assert.equal(explain("fifo"), "is not a regular file");
    assert.equal(explain("."), "is a directory");
  });
});
