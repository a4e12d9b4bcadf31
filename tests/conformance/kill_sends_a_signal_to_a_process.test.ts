import assert from "node:assert/strict";
import { test } from "node:test";
import { runtime } from "./subject.ts";
import { end } from "./support/end.ts";
import { firstText, start } from "./support/run.ts";

test("kill() sends the signal to the process, and not to its group", async () => {
  const child = start("sh", ["-c", "sleep 1000 & echo $!; wait"]);
  try {
    const grandchild = Number(await firstText(child.stdout));
    assert.equal(runtime.kill(child.pid, "SIGUSR1"), "sent");
    assert.deepEqual(await child.exited, { kind: "signalled", signal: "SIGUSR1" });
    assert.equal(runtime.kill(grandchild, undefined), "sent");
  } finally {
    await end(child);
    await child.stderr!.cancel();
  }
});
