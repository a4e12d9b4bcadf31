import assert from "node:assert/strict";
import { test } from "node:test";
import { run } from "./support/run.ts";
import { fixture } from "./support/fixture.ts";

test("refuseExit() makes the host's exit function throw, until all who refused allow it", async () => {
  const { exit, stdout } = await run(...fixture("refuse_exit"));
  assert.deepEqual([exit, stdout], [{ kind: "exited", code: 4 }, "not one\nnot two\nnot two\n"]);
});

test("exit() ends the process, when exits are refused", async () => {
  const { exit } = await run(...fixture("refuse_exit", "own"));
  assert.deepEqual(exit, { kind: "exited", code: 3 });
});
