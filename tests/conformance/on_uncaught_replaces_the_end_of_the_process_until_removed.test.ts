import assert from "node:assert/strict";
import { test } from "node:test";
import { end } from "./support/end.ts";
import { fixture } from "./support/fixture.ts";
import { lineReader } from "./support/line_reader.ts";
import { start } from "./support/run.ts";

test("onUncaught() calls the listener instead of ending the process, until it is removed", async () => {
  const child = start(...fixture("survive_uncaught"), { stderr: "null" });
  const lines = lineReader(child.stdout);
  try {
    assert.equal(await lines.next(), "exception rejection");
    assert.deepEqual(await child.exited, { kind: "exited", code: 1 });
  } finally {
    await end(child);
    await lines.close();
  }
});
