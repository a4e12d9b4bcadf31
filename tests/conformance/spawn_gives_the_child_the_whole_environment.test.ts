import assert from "node:assert/strict";
import { test } from "node:test";
import { runtime } from "./subject.ts";
import { run, runShell } from "./support/run.ts";

test("spawn() gives the child exactly the environment, when there is one", async () => {
  const env = { PATH: "/usr/bin:/bin", ONE: "1 = one\nline", EMPTY: "" };
  const { stdout } = await run("env", ["-0"], { env });
  assert.deepEqual(stdout.split("\0").filter((entry) => entry !== "").sort(), [
    "EMPTY=",
    "ONE=1 = one\nline",
    "PATH=/usr/bin:/bin",
  ]);
});

test("spawn() passes the caller's environment on, when there is none", async () => {
  const { stdout } = await runShell("echo $PATH");
  assert.equal(stdout, `${runtime.getEnv("PATH")}\n`);
});
