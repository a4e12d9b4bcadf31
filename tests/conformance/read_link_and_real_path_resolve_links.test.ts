import assert from "node:assert/strict";
import { test } from "node:test";
import { waitUntil } from "../support/wait_until.ts";
import { runtime } from "./subject.ts";
import { end } from "./support/end.ts";
import { runShell, start } from "./support/run.ts";
import { unlessProc } from "./support/skip_unless.ts";
import { withTempDirectory } from "./support/temp_directory.ts";

test("readLink() returns the target, and realPath() where it leads", async () => {
  await withTempDirectory(async (directory) => {
    await runShell("mkdir d; ln -s d link; ln -s nowhere broken", { cwd: directory });
    const { files } = runtime;
    assert.equal(files.readLink(`${directory}/link`), "d");
    assert.equal(files.readLink(`${directory}/broken`), "nowhere");
    assert.equal(files.readLink(`${directory}/d`), undefined);
    assert.equal(files.realPath(`${directory}/link/../link`), `${files.realPath(directory)}/d`);
    assert.equal(files.realPath(`${directory}/broken`), undefined);
  });
});

test("readLink() returns what a descriptor is, when it is a pipe", { skip: unlessProc }, async () => {
  const child = start("sh", ["-c", "sleep 1000 | sleep 1000"]);
  try {
    const target = await waitUntil("the shell has opened its pipe", () => {
      const children = runtime.files.readText(`/proc/${child.pid}/task/${child.pid}/children`) ?? "";
      return runtime.files.readLink(`/proc/${parseInt(children)}/fd/1`)?.match(/^pipe:\[\d+\]$/);
    });
    assert.ok(target);
  } finally {
    await end(child);
    await Promise.all([child.stdout!.cancel(), child.stderr!.cancel()]);
  }
});
