import assert from "node:assert/strict";
import { test } from "node:test";
import { run, runShell } from "./support/run.ts";
import { withTempDirectory } from "./support/temp_directory.ts";

test("spawn() has the shell run a script, when it has no #! line", async () => {
  await withTempDirectory(async (directory) => {
    await runShell("echo 'echo ran $1' > script; chmod +x script", { cwd: directory });
    const byPath = await run("./script", ["one"], { cwd: directory });
    assert.equal(byPath.stdout, "ran one\n");
    const byName = await run("script", ["two"], { env: { PATH: directory } });
    assert.equal(byName.stdout, "ran two\n");
  });
});
