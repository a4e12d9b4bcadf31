import assert from "node:assert/strict";
import { test } from "node:test";
import { end } from "./support/end.ts";
import { firstText, start } from "./support/run.ts";

test("stdout closes our end, when it is cancelled: the child cannot write any more", async () => {
  const child = start("sh", ["-c", "exec yes"], { stderr: "null" });
  try {
    await firstText(child.stdout);
    // SIGPIPE from a pipe, an error from the socket that Node and Bun take for one.
    assert.notDeepEqual(await child.exited, { kind: "exited", code: 0 });
  } finally {
    await end(child);
  }
});
