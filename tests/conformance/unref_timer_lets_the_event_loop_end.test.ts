import assert from "node:assert/strict";
import { test } from "node:test";
import { run } from "./support/run.ts";
import { fixture } from "./support/fixture.ts";

test("unrefTimer() lets the event loop end, although the timer is pending", async () => {
  const { exit, stderr } = await run(...fixture("unref_timer"));
  assert.deepEqual([exit, stderr], [{ kind: "exited", code: 0 }, ""]);
});
