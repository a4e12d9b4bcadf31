import assert from "node:assert/strict";
import { test } from "node:test";
import { runtime } from "./subject.ts";
import { runShell } from "./support/run.ts";

test("exited tells the code, when the process exits", async () => {
  for (const code of [0, 1, 137, 255]) {
    assert.deepEqual((await runShell(`exit ${code}`)).exit, { kind: "exited", code });
  }
});

test("exited tells the signal, when the process dies by one", async () => {
  for (const signal of ["TERM", "KILL", "ABRT", "HUP", "SEGV"]) {
    assert.deepEqual((await runShell(`kill -s ${signal} $$`)).exit, {
      kind: "signalled",
      signal: `SIG${signal}`,
    });
  }
});

test("exited tells the code, when the process catches the signal and exits", async () => {
  const { exit } = await runShell("trap 'exit 7' TERM; kill -s TERM $$; sleep 1000");
  assert.deepEqual(exit, { kind: "exited", code: 7 });
});

const skip = runtime.name === "deno"
  ? false
  : "Node and Bun do not tell death by a real-time signal from exit 0";
test("exited tells the signal, when the process dies by a real-time signal", { skip }, async () => {
  assert.deepEqual((await runShell("kill -s 35 $$")).exit, { kind: "signalled", signal: "SIGRTMIN+1" });
});
