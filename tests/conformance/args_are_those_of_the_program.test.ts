import assert from "node:assert/strict";
import { test } from "node:test";
import { run } from "./support/run.ts";
import { fixture } from "./support/fixture.ts";

test("args are those of the program, without the runtime's own", async () => {
  const args = ["run", "--allow-all", "-h", "--", "", "a b"];
  const { stdout } = await run(...fixture("print_args", ...args));
  assert.deepEqual(JSON.parse(stdout), args);
});
