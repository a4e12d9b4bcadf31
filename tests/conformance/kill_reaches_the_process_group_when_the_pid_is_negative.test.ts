import assert from "node:assert/strict";
import { test } from "node:test";
import { runtime } from "./subject.ts";
import { firstText, start, textOf } from "./support/run.ts";

test("kill() reaches the whole process group, when the pid is negative", async () => {
  const child = start("sh", ["-c", "sleep 1000 & sleep 1000 & echo ready; wait"]);
  await firstText(child.stdout);
  assert.equal(runtime.kill(-child.pid, "SIGTERM"), "sent");
  assert.deepEqual(await child.exited, { kind: "signalled", signal: "SIGTERM" });
  // At the end of standard error nobody holds it any more.
  assert.equal(await textOf(child.stderr), "");
});
