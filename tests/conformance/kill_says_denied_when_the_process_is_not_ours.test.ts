import assert from "node:assert/strict";
import { test } from "node:test";
import process from "node:process";
import { runtime } from "./subject.ts";
import { fixture } from "./support/fixture.ts";
import { run, runShell } from "./support/run.ts";
import { unlessInstalled } from "./support/skip_unless.ts";
import { withTempDirectory } from "./support/temp_directory.ts";

const skip = unlessInstalled("setpriv") ||
  (process.getuid?.() === 0 ? false : "needs root to become somebody else");

test("kill() says denied, when the process is another user's", { skip }, async () => {
  await withTempDirectory(async (directory) => {
    await runShell(`chmod 777 ${directory}`);
    const [program, args] = fixture("kill_and_print", String(process.pid));
    // Nobody may read everything here, since programs and sources may lie in root's home, but may signal nobody else.
    const mayRead = ["--inh-caps=+dac_read_search", "--ambient-caps=+dac_read_search"];
    const asNobody = ["--reuid=65534", "--regid=65534", "--clear-groups", ...mayRead, program, ...args];
    const env = { PATH: runtime.getEnv("PATH")!, HOME: directory, DENO_DIR: directory, TMPDIR: directory };
    const { stdout, stderr } = await run("setpriv", asNobody, { env, cwd: directory });
    assert.equal(stdout, "denied", stderr);
  });
});
