import { readListeningPorts } from "../../../src/hooks/collectors/javascript/javascript_process.ts";
import { createJavaScriptStackSource } from "../../../src/hooks/collectors/javascript/javascript_stack_source.ts";
import { host } from "../../../src/runtime/host.ts";
import type { Runtime } from "../../../src/runtime/port.ts";
import { assertEquals } from "../../support/assert.ts";
import { isOnPath } from "../../support/is_on_path.ts";
import { withNodeProgram } from "../../support/with_node_program.ts";

const ignore = !isOnPath("node");
const IDLE = `process.stdin.on("end", () => process.exit(0)).resume(); console.log("READY");`;

/** Looks at a program and is interrupted as soon as `isTime` says so of what the look asks of the host. */
async function look(pid: number, isTime: (call: "kill" | "connect") => boolean): Promise<void> {
  const controller = new AbortController();
  const watch = (call: "kill" | "connect"): void => {
    if (isTime(call)) controller.abort();
  };
  const runtime: Runtime = {
    ...host,
    kill(target, signal) {
      const result = host.kill(target, signal);
      if (signal !== undefined) watch("kill");
      return result;
    },
    connectLoopback(port) {
      watch("connect");
      return host.connectLoopback(port);
    },
  };
  const targets = [{ pid, command: [], threadCount: 1, busy: false }];
  await createJavaScriptStackSource(runtime).finish(targets, controller.signal);
}

for (
  const [moment, isTime] of [
    ["the inspector has been asked for but is not open yet", (call: string) => call === "kill"],
    ["it connects to the inspector", (call: string) => call === "connect"],
  ] as const
) {
  Deno.test(
    `finish() leaves the inspector closed, when it is interrupted while ${moment}`,
    { ignore },
    () =>
      withNodeProgram(IDLE, async (program) => {
        await look(program.pid, isTime);
        // What opens it late shows until the program has come to its end.
        assertEquals(readListeningPorts(host.files, program.pid).own, []);
        const { code, stderr } = await program.finish();
        assertEquals(code, 0);
        assertEquals(stderr.includes("Debugger listening"), true);
      }),
  );
}
