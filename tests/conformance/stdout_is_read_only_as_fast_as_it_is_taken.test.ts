import assert from "node:assert/strict";
import { test } from "node:test";
import { waitUntil } from "../support/wait_until.ts";
import { runtime } from "./subject.ts";
import { end } from "./support/end.ts";
import { start } from "./support/run.ts";
import { unlessProc } from "./support/skip_unless.ts";

test("stdout is read only as fast as it is taken: the child waits", { skip: unlessProc }, async () => {
  const child = start("sh", ["-c", "exec head -c 100000000 /dev/zero"], { stderr: "null" });
  try {
    const reader = child.stdout!.getReader();
    await reader.read();
    let before = -1;
    const written = await waitUntil("the child writes no more", () => {
      const now = writtenBytes(child.pid);
      const standsStill = now === before && now > 0 && stateOf(child.pid) === "S";
      before = now;
      return standsStill ? now : undefined;
    });
    assert.ok(written < 10_000_000, `${written} bytes were taken from the child`);
    await reader.cancel();
  } finally {
    await end(child);
  }
});

function writtenBytes(pid: number): number {
  return Number(/wchar: (\d+)/.exec(runtime.files.readText(`/proc/${pid}/io`) ?? "")?.[1] ?? 0);
}

function stateOf(pid: number): string {
  return runtime.files.readText(`/proc/${pid}/stat`)?.replace(/.*\) /, "")[0] ?? "gone";
}
