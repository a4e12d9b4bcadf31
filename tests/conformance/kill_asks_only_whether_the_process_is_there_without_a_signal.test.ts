import assert from "node:assert/strict";
import { test } from "node:test";
import { runtime } from "./subject.ts";
import { start } from "./support/run.ts";

test("kill() sends nothing and says sent, when the signal is undefined and the process is there", async () => {
  const child = start("sh", ["-c", "read line; exit 5"], { stdin: "piped", stdout: "null", stderr: "null" });
  assert.equal(runtime.kill(child.pid, undefined), "sent");
  await child.stdin!.close();
  assert.deepEqual(await child.exited, { kind: "exited", code: 5 });
});
