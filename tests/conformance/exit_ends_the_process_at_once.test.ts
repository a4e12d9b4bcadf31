import assert from "node:assert/strict";
import { test } from "node:test";
import { run } from "./support/run.ts";
import { fixture } from "./support/fixture.ts";

test("exit() ends the process at once with the code, although work is pending", async () => {
  const { exit, stdout } = await run(...fixture("exit_with_work_pending", "42"));
  assert.deepEqual([exit, stdout], [{ kind: "exited", code: 42 }, "before"]);
});
