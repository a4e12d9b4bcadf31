import assert from "node:assert/strict";
import { test } from "node:test";
import { start } from "./support/run.ts";

test("spawn() throws other, when the arguments are too long", () => {
  assert.throws(() => start("true", ["x".repeat(4_000_000)]), {
    reason: "other",
    message: /too long together/,
  });
});

test("spawn() throws other, when an argument contains a NUL byte", () => {
  assert.throws(() => start("true", ["a\0b"]), { reason: "other", message: /NUL byte/ });
});
