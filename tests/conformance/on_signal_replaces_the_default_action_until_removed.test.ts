import assert from "node:assert/strict";
import { test } from "node:test";
import { runtime } from "./subject.ts";
import { end } from "./support/end.ts";
import { start } from "./support/run.ts";
import { unlessInstalled, unlessProc } from "./support/skip_unless.ts";
import { fixture } from "./support/fixture.ts";
import { lineReader } from "./support/line_reader.ts";
import { waitUntil } from "../support/wait_until.ts";

test("onSignal() calls the listener instead of the default action, until it is removed", async () => {
  for (const signal of ["SIGTERM", "SIGINT", "SIGHUP", "SIGUSR2"]) {
    const child = start(...fixture("listen_once", signal), { stderr: "inherit" });
    const lines = lineReader(child.stdout);
    try {
      assert.equal(await lines.next(), "ready");
      runtime.kill(child.pid, signal);
      assert.equal(await lines.next(), "got");
      runtime.kill(child.pid, signal);
      assert.deepEqual(await child.exited, { kind: "signalled", signal });
    } finally {
      await end(child);
      await lines.close();
    }
  }
});

const skip = unlessProc || unlessInstalled("python3");

test("onSignal() restores the stop by Ctrl-Z, when it is removed", { skip }, async () => {
  const [program, args] = fixture("listen_once", "SIGTSTP");
  const child = start("python3", ["-c", IN_A_GROUP_OF_ITS_OWN, program, ...args], { stderr: "null" });
  const lines = lineReader(child.stdout);
  const pid = Number(await lines.next());
  try {
    assert.equal(await lines.next(), "ready");
    runtime.kill(pid, "SIGTSTP");
    assert.equal(await lines.next(), "got");
    runtime.kill(pid, "SIGTSTP");
    await waitUntil(
      "the program is stopped",
      () => runtime.files.readText(`/proc/${pid}/stat`)?.includes(") T "),
    );
  } finally {
    runtime.kill(pid, "SIGKILL");
    await end(child);
    await lines.close();
  }
});

/** The group must have a parent in another group of its session: in an orphaned one the system discards the signal. */
const IN_A_GROUP_OF_ITS_OWN = `
import os, subprocess, sys
child = subprocess.Popen(sys.argv[1:], preexec_fn=os.setpgrp)
print(child.pid, flush=True)
child.wait()
`;
