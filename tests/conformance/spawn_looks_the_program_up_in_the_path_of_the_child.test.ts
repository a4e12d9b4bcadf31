import assert from "node:assert/strict";
import { test } from "node:test";
import { fixture } from "./support/fixture.ts";
import { run, runShell, start } from "./support/run.ts";
import { withTempDirectory } from "./support/temp_directory.ts";

test("spawn() looks the program up in the PATH of the child, not in the caller's", async () => {
  await withTempDirectory(async (directory) => {
    await runShell(
      `printf '#!/bin/sh\necho found\n' > ${directory}/only-here; chmod +x ${directory}/only-here`,
    );
    const { stdout } = await run("only-here", [], { env: { PATH: `/nonexistent:${directory}` } });
    assert.equal(stdout, "found\n");
    assert.throws(() => start("ls", [], { env: { PATH: directory } }), { reason: "not-found" });
  });
});

test("spawn() looks in the system's default, when the child has no PATH", async () => {
  await withTempDirectory(async (directory) => {
    await runShell(`printf '#!/bin/sh\n' > ${directory}/only-here; chmod +x ${directory}/only-here`);
    const [program, args] = fixture("spawn_without_path", "only-here", "ls");
    const { stdout } = await run(program, args, { env: { PATH: directory, HOME: directory } });
    assert.equal(stdout, "not-found exited");
  });
});
