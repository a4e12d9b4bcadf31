import assert from "node:assert/strict";
import { test } from "node:test";
import { runShell, start } from "./support/run.ts";
import { withTempDirectory } from "./support/temp_directory.ts";

test("spawn() throws not-found, when there is no such program", () => {
  for (const program of ["prekill-no-such-program", "/nonexistent/program", "./nonexistent", ""]) {
    assert.throws(() => start(program, []), { name: "SpawnError", reason: "not-found" });
  }
});

test("spawn() throws not-found, when the interpreter of a script is missing", async () => {
  await withTempDirectory(async (directory) => {
    await runShell("printf '#!/nonexistent/interpreter\n' > script; chmod +x script", { cwd: directory });
    assert.throws(() => start(`${directory}/script`, []), {
      reason: "not-found",
      message: /interpreter \/nonexistent\/interpreter does not exist/,
    });
  });
});
