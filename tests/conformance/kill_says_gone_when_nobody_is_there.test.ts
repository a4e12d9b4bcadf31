import assert from "node:assert/strict";
import { test } from "node:test";
import { runtime } from "./subject.ts";
import { start } from "./support/run.ts";

test("kill() says gone, when nobody is there", async () => {
  const child = start("true", [], { stdout: "null", stderr: "null" });
  await child.exited;
  for (const signal of [undefined, "SIGTERM", "SIGRTMIN+1"]) {
    assert.equal(runtime.kill(child.pid, signal), "gone");
    assert.equal(runtime.kill(-child.pid, signal), "gone");
  }
});

test("kill() says gone, when no process can have the number", () => {
  for (const pid of [2 ** 31, -(2 ** 31) - 5, 2 ** 32 + runtime.pid]) {
    assert.equal(runtime.kill(pid, undefined), "gone", String(pid));
  }
});
