import assert from "node:assert/strict";
import { test } from "node:test";
import { start, textOf } from "./support/run.ts";
import { fixture } from "./support/fixture.ts";

test("write() resolves false, when the reader has closed", async () => {
  const child = start(...fixture("write_much", "1024"));
  await child.stdout!.cancel();
  assert.equal(await textOf(child.stderr), "false");
  assert.deepEqual(await child.exited, { kind: "exited", code: 0 });
});
