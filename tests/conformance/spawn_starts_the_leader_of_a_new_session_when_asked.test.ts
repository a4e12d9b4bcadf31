import assert from "node:assert/strict";
import { test } from "node:test";
import { runtime } from "./subject.ts";
import { runShell } from "./support/run.ts";
import { unlessProc } from "./support/skip_unless.ts";

test("spawn() starts the leader of a new session and group, when asked", { skip: unlessProc }, async () => {
  assert.deepEqual(await sessionOfChild(true), ["leads its group", "leads its session"]);
});

test(
  "spawn() leaves the child in the caller's session and group, when not asked",
  { skip: unlessProc },
  async () => {
    const own = runtime.files.readText("/proc/self/stat")!.replace(/.*\) /, "").split(" ").slice(2, 4);
    assert.deepEqual(await sessionOfChild(false), own);
  },
);

async function sessionOfChild(newSession: boolean): Promise<string[]> {
  const { stdout } = await runShell("echo $$; cat /proc/$$/stat", { newSession });
  const [pid, stat] = stdout.split("\n");
  const [group, session] = stat!.replace(/.*\) /, "").split(" ").slice(2, 4);
  return [group === pid ? "leads its group" : group!, session === pid ? "leads its session" : session!];
}
