import assert from "node:assert/strict";
import { test } from "node:test";
import { start } from "./support/run.ts";

test("spawn() throws bad-cwd, when the working directory is missing or a file", () => {
  for (const cwd of ["/nonexistent", "/etc/passwd"]) {
    assert.throws(() => start("true", [], { cwd }), {
      reason: "bad-cwd",
      message: new RegExp(`^Cannot start the command "true": the working directory "${cwd}" `),
    });
  }
});
