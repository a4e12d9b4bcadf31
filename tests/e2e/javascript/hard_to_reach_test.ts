import { host } from "../../../src/runtime/host.ts";
import { assertEquals } from "../../support/assert.ts";
import { isOnPath } from "../../support/is_on_path.ts";
import { lookAtJavaScript } from "../../support/look_at_javascript.ts";
import { waitUntil } from "../../support/wait_until.ts";
import { type NodeProgram, withNodeProgram } from "../../support/with_node_program.ts";

const ignore = !isOnPath("node");
const COUNT = 8;
const IDLE = `process.stdin.on("end", () => console.log("ended")).resume(); console.log("READY");`;

async function assertUnharmed(program: NodeProgram): Promise<void> {
  const { code, stdout, ownStderr } = await program.finish();
  assertEquals({ code, stdout, ownStderr }, { code: 0, stdout: "READY\nended\n", ownStderr: "" });
}

Deno.test("finish() looks at all of many programs that share a port", { ignore }, async () => {
  const listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const { port } = listener.addr as Deno.NetAddr;
  listener.close();
  const flags = [`--inspect-port=${port}`];
  const programs: NodeProgram[] = [];
  const withMore = (): Promise<void> =>
    withNodeProgram(IDLE, async (program) => {
      programs.push(program);
      if (programs.length < COUNT) return await withMore();
      const looks = await lookAtJavaScript(programs.map(({ pid }) => pid));
      assertEquals(looks.map(({ record }) => record?.status), Array(COUNT).fill("ok"));
      assertEquals(new Set(looks.map(({ facts }) => facts?.activeResources?.length)), new Set([1]));
      for (const each of programs) await assertUnharmed(each);
    }, { flags });
  await withMore();
});

Deno.test("finish() leaves a program alone that a debugger traces", {
  ignore: ignore || !isOnPath("strace"),
}, () =>
  withNodeProgram(IDLE, async (program) => {
    const tracer = new Deno.Command("strace", {
      args: ["-p", String(program.pid)],
      stdout: "null",
      stderr: "null",
    }).spawn();
    try {
      const status = `/proc/${program.pid}/status`;
      await waitUntil("it is traced", () =>
        Deno.readTextFileSync(status).includes(`TracerPid:\t${tracer.pid}\n`));
      const [looked] = await lookAtJavaScript([program.pid]);
      assertEquals(
        looked!.record?.detail,
        `a debugger (pid ${tracer.pid}) traces it, which would stop it at the signal for its inspector`,
      );
    } finally {
      host.kill(tracer.pid, "SIGTERM");
      await tracer.status;
    }
    const { stderr, code } = await program.finish();
    assertEquals([code, stderr], [0, ""]);
  }));

Deno.test("finish() looks at a program whose parent has blocked the signal for its inspector", {
  ignore: ignore || !isOnPath("python3"),
}, () => {
  const block = "import os, signal, sys; signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGUSR1]); " +
    "os.execvp(sys.argv[1], sys.argv[1:])";
  return withNodeProgram(IDLE, async (program) => {
    const [looked] = await lookAtJavaScript([program.pid]);
    // Node unblocks it when it starts.
    assertEquals(looked!.record?.status, "ok", looked!.record?.detail);
    await assertUnharmed(program);
  }, { program: ["python3", "-c", block, "node"] });
});
