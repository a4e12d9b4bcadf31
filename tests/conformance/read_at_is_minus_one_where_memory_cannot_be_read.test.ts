import assert from "node:assert/strict";
import { test } from "node:test";
import { waitUntil } from "../support/wait_until.ts";
import { runtime } from "./subject.ts";
import { end } from "./support/end.ts";
import { start } from "./support/run.ts";
import { unlessProc } from "./support/skip_unless.ts";

test(
  "readAt() reads memory at high addresses, and is -1 where there is none",
  { skip: unlessProc },
  async () => {
    const child = start("sleep", ["1000"]);
    try {
      const stack = await waitUntil(
        "the child has a stack",
        () => /^([0-9a-f]+)-.*\[stack\]$/m.exec(runtime.files.readText(`/proc/${child.pid}/maps`) ?? "")?.[1],
      );
      const memory = runtime.files.openRead(`/proc/${child.pid}/mem`)!;
      const buffer = new Uint8Array(64);
      assert.equal(memory.readAt(buffer, parseInt(stack, 16)), 64);
      assert.equal(memory.readAt(buffer, 4096), -1);
      assert.equal(memory.readAt(buffer, parseInt(stack, 16)), 64);
      runtime.kill(-child.pid, "SIGKILL");
      await child.exited;
      assert.ok(memory.readAt(buffer, parseInt(stack, 16)) <= 0);
      memory.close();
    } finally {
      await end(child);
      await Promise.all([child.stdout!.cancel(), child.stderr!.cancel()]);
    }
  },
);
