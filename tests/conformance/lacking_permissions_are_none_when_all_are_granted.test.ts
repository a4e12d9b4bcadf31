import assert from "node:assert/strict";
import { test } from "node:test";
import { runtime } from "./subject.ts";

test("lackingPermissions() is empty, when all are granted or the host has none", () => {
  assert.deepEqual(runtime.lackingPermissions(["all", "env", "read", "run", "write"]), []);
  assert.deepEqual(runtime.lackingPermissions([]), []);
});
