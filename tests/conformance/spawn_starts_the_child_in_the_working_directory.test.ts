import assert from "node:assert/strict";
import { test } from "node:test";
import { runtime } from "./subject.ts";
import { runShell } from "./support/run.ts";

test("spawn() starts the child in the working directory, or else in the caller's", async () => {
  assert.equal((await runShell("pwd", { cwd: "/" })).stdout, "/\n");
  assert.equal((await runShell("pwd -P")).stdout, `${runtime.files.realPath(runtime.cwd())}\n`);
});
