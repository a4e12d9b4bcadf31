import assert from "node:assert/strict";
import { test } from "node:test";
import { run } from "./support/run.ts";

test("spawn() passes arguments unchanged, when they are empty or odd", async () => {
  const args = ["", " a b ", "$HOME `x` 'y'", "*", "--", "ü\n"];
  const { stdout } = await run("printf", ["%s\\0", ...args]);
  assert.deepEqual(stdout.split("\0").slice(0, -1), args);
});
