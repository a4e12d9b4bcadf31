import assert from "node:assert/strict";
import { test } from "node:test";
import { runtime } from "./subject.ts";
import { end } from "./support/end.ts";
import { start, textOf } from "./support/run.ts";

test("exited resolves when the process ends, although a child of its holds its pipes", async () => {
  const child = start("sh", ["-c", "sleep 1000 & exit 7"]);
  try {
    assert.deepEqual(await child.exited, { kind: "exited", code: 7 });
    assert.equal(runtime.kill(-child.pid, undefined), "sent");
  } finally {
    await end(child);
    await Promise.all([child.stdout!.cancel(), child.stderr!.cancel()]);
  }
});

test("exited resolves when the process ends, although nobody reads its output", async () => {
  const child = start("sh", ["-c", "echo out; echo err >&2; exit 3"]);
  assert.deepEqual(await child.exited, { kind: "exited", code: 3 });
  assert.equal(await textOf(child.stdout), "out\n");
  assert.equal(await textOf(child.stderr), "err\n");
});
