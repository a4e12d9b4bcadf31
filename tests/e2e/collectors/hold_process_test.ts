import { holdProcess } from "../../../src/hooks/collectors/hold_process.ts";
import { host } from "../../../src/runtime/host.ts";
import type { Runtime } from "../../../src/runtime/port.ts";
import { assert, assertEquals } from "../../support/assert.ts";
import { waitUntil } from "../../support/wait_until.ts";
import { stateOf } from "../../support/with_waiting_program.ts";

const ignore = host.os !== "linux";
const SPIN = "while :; do :; done";
/** A machine may be too loaded for a process to stop in time, which then is left alone. */
const ATTEMPTS = 50;

/** Runs a test beside a shell script, once it says that it has begun. */
async function withScript(script: string, test: (pid: number) => Promise<void> | void): Promise<void> {
  const child = host.spawn({
    program: "/bin/sh",
    args: ["-c", `echo begun; ${script}`],
    newSession: true,
    stdin: "null",
    stdout: "piped",
    stderr: "null",
  });
  const reader = child.stdout!.getReader();
  try {
    await reader.read();
    await test(child.pid);
  } finally {
    host.kill(-child.pid, "SIGKILL");
    await reader.cancel();
    await child.exited;
  }
}

/** The host, and a count of the signals that were sent through it. */
function countingHost(): { readonly runtime: Runtime; readonly sent: string[] } {
  const sent: string[] = [];
  return {
    sent,
    runtime: {
      ...host,
      kill: (pid, signal) => {
        sent.push(signal ?? "");
        return host.kill(pid, signal);
      },
    },
  };
}

Deno.test({
  name: "holdProcess() has its reader see a process that stands still, which then goes on",
  ignore,
  sanitizeOps: false,
  sanitizeResources: false,
  fn: () =>
    withScript(SPIN, async (pid) => {
      let result: ReturnType<typeof holdProcess<string>>;
      for (let attempt = 0; attempt < ATTEMPTS && result === undefined; attempt++) {
        result = holdProcess(host, pid, () => stateOf(pid));
      }
      assertEquals(result?.value, "T");
      await waitUntil("the process goes on", () => stateOf(pid) === "R");
    }),
});

Deno.test({
  name: "holdProcess() lets the process go on when its reader throws",
  ignore,
  sanitizeOps: false,
  sanitizeResources: false,
  fn: () =>
    withScript(SPIN, async (pid) => {
      const fails = (): never => {
        throw new Error("torn");
      };
      let message = "";
      for (let attempt = 0; attempt < ATTEMPTS && message === ""; attempt++) {
        try {
          holdProcess(host, pid, fails);
        } catch (error) {
          message = (error as Error).message;
        }
      }
      assertEquals(message, "torn");
      await waitUntil("the process goes on", () => stateOf(pid) === "R");
    }),
});

Deno.test({
  name: "holdProcess() lets the process go on when this program is killed meanwhile",
  ignore,
  fn: () =>
    withScript(SPIN, async (pid) => {
      const holder = host.spawn({
        program: Deno.execPath(),
        args: ["run", "-A", new URL("../../support/hold_program.ts", import.meta.url).pathname, String(pid)],
        newSession: true,
        stdin: "null",
        stdout: "piped",
        stderr: "inherit",
      });
      const reader = holder.stdout!.getReader();
      const { value } = await reader.read();
      try {
        assertEquals(new TextDecoder().decode(value), "held\n");
        assertEquals(stateOf(pid), "T");
      } finally {
        host.kill(holder.pid, "SIGKILL");
        await reader.cancel();
        await holder.exited;
      }
      await waitUntil("the process goes on", () => stateOf(pid) === "R");
    }),
});

Deno.test({
  name: "holdProcess() leaves alone what is stopped, what handles SIGCONT, and what has gone",
  ignore,
  fn: async () => {
    const { runtime, sent } = countingHost();
    const never = (): never => assert(false) as never;
    await withScript("kill -STOP $$", async (pid) => {
      await waitUntil("it has stopped", () => stateOf(pid) === "T");
      assertEquals(holdProcess(runtime, pid, never), undefined);
      assertEquals(stateOf(pid), "T");
    });
    await withScript("exit 0", async (pid) => {
      await waitUntil("it has ended", () => host.kill(pid, undefined) === "gone" || stateOf(pid) === "Z");
      assertEquals(holdProcess(runtime, pid, never), undefined);
    });
    const handles = `trap : CONT; echo ready; ${SPIN}`;
    await withScript(handles, async (pid) => {
      await waitUntil("it handles SIGCONT", () => /^SigCgt:.*[2367abef]....$/m.test(statusOf(pid)));
      assertEquals(holdProcess(runtime, pid, never), undefined);
    });
    assertEquals(sent, []);
  },
});

function statusOf(pid: number): string {
  return Deno.readTextFileSync(`/proc/${pid}/status`);
}
