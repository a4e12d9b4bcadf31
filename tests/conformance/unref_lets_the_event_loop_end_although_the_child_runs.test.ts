import assert from "node:assert/strict";
import { test } from "node:test";
import { runtime } from "./subject.ts";
import { run } from "./support/run.ts";
import { fixture } from "./support/fixture.ts";

test("unref() lets the event loop end, although the child still runs", async () => {
  const { exit, stdout } = await run(...fixture("unref_child"));
  const pid = Number(stdout);
  try {
    assert.deepEqual(exit, { kind: "exited", code: 0 });
    assert.equal(runtime.kill(pid, undefined), "sent");
  } finally {
    runtime.kill(-pid, "SIGKILL");
  }
});
