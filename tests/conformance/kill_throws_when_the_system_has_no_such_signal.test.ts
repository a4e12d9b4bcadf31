import assert from "node:assert/strict";
import { test } from "node:test";
import { runtime } from "./subject.ts";
import { end } from "./support/end.ts";
import { start } from "./support/run.ts";

test("kill() throws, when the system has no such signal", async () => {
  const child = start("sleep", ["1000"]);
  try {
    assert.throws(() => runtime.kill(child.pid, "SIGNONE"), {
      name: "HostError",
      message: 'Cannot send the signal "SIGNONE": this system has no such signal',
    });
  } finally {
    await end(child);
    await Promise.all([child.stdout!.cancel(), child.stderr!.cancel()]);
  }
});
