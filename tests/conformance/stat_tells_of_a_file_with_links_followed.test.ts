import assert from "node:assert/strict";
import { test } from "node:test";
import { runtime } from "./subject.ts";
import { runShell } from "./support/run.ts";
import { withTempDirectory } from "./support/temp_directory.ts";

test("stat() tells of a file, with links followed", async () => {
  await withTempDirectory(async (directory) => {
    await runShell("printf 12345 > file; chmod 640 file; ln -s file link; mkfifo fifo; ls -i file", {
      cwd: directory,
    });
    const stat = runtime.files.stat(`${directory}/link`);
    assert.deepEqual([stat?.kind, stat?.sizeBytes, stat?.mode], ["file", 5, 0o640]);
    const { stdout } = await runShell("ls -i file", { cwd: directory });
    assert.equal(stat?.inode, parseInt(stdout));
    const owner = await runShell("ls -n file", { cwd: directory });
    assert.equal(stat?.uid, parseInt(owner.stdout.split(/\s+/)[2]!));
    assert.ok(Math.abs((stat?.modifiedMs ?? 0) - Date.now()) < 3_600_000);
    assert.equal(runtime.files.stat(directory)?.kind, "directory");
    assert.equal(runtime.files.stat(`${directory}/fifo`)?.kind, "fifo");
    assert.equal(runtime.files.stat("/dev/null")?.kind, "char-device");
    assert.equal(runtime.files.stat(`${directory}/missing`), undefined);
  });
});
