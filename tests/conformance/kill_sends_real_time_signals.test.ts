import assert from "node:assert/strict";
import { test } from "node:test";
import { runtime } from "./subject.ts";
import { start } from "./support/run.ts";
import { unlessInstalled } from "./support/skip_unless.ts";
import { lineReader } from "./support/line_reader.ts";

test(
  "kill() sends a real-time signal, to a process and to a group",
  { skip: unlessInstalled("python3") },
  async () => {
    for (const sign of [1, -1]) {
      const child = start("python3", ["-c", PROGRAM], { stderr: "null" });
      const lines = lineReader(child.stdout);
      assert.equal(await lines.next(), "ready");
      assert.equal(runtime.kill(sign * child.pid, "SIGRTMIN+1"), "sent");
      assert.equal(await lines.next(), "35");
      await lines.close();
      await child.exited;
    }
  },
);

const PROGRAM = `
import signal
signal.pthread_sigmask(signal.SIG_BLOCK, [35])
print("ready", flush=True)
print(signal.sigwaitinfo([35]).si_signo, flush=True)
`;
