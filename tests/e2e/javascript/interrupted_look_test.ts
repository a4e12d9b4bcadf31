import { createJavaScriptStackSource } from "../../../src/hooks/collectors/javascript/javascript_stack_source.ts";
import { host } from "../../../src/runtime/host.ts";
import type { Runtime } from "../../../src/runtime/port.ts";
import { assertEquals, assertMatch } from "../../support/assert.ts";
import { isOnPath } from "../../support/is_on_path.ts";
import { withNodeProgram } from "../../support/with_node_program.ts";

const ignore = !isOnPath("node");
/** Tells at its end whether its inspector is open. */
const IDLE = `
  const inspector = require("node:inspector");
  const tell = () => { console.log(inspector.url() === undefined ? "closed" : "open"); process.exit(0); };
  process.stdin.on("end", () => setTimeout(tell, 20)).resume();
  console.log("READY");`;

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
        const { code, stdout, stderr } = await program.finish();
        assertEquals([code, stdout], [0, "READY\nclosed\n"]);
        assertMatch(stderr, /^Debugger listening on /);
      }),
  );
}
