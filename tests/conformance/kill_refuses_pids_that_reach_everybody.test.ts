import assert from "node:assert/strict";
import { test } from "node:test";
import { runtime } from "./subject.ts";

test("kill() throws, when the pid stands for the caller's group or for everybody", () => {
  for (const pid of [0, -0, -1, 1.5, NaN, Infinity]) {
    for (const signal of [undefined, "SIGCONT"]) {
      assert.throws(() => runtime.kill(pid, signal), { name: "RangeError" });
    }
  }
});
