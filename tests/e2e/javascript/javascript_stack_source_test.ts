import { readListeningPorts } from "../../../src/hooks/collectors/javascript/javascript_process.ts";
import { host } from "../../../src/runtime/host.ts";
import { assert, assertEquals, assertMatch } from "../../support/assert.ts";
import { type JavaScriptFound, lookAtJavaScript } from "../../support/look_at_javascript.ts";
import { isOnPath } from "../../support/is_on_path.ts";
import { type NodeProgram, withNodeProgram } from "../../support/with_node_program.ts";
import { withWaitingProgram } from "../../support/with_waiting_program.ts";
import { waitUntil } from "../../support/wait_until.ts";

const ignore = !isOnPath("node");

/** Tells whether the inspector is open once the loop has turned, and ends. */
const TELL_INSPECTOR = `setTimeout(() => {
  console.log("inspector", require("node:inspector").url() === undefined ? "closed" : "open");
  process.exit(0);
}, 20);`;
const IDLE = `process.stdin.on("end", () => { ${TELL_INSPECTOR} }).resume();`;

async function assertUnharmed(program: NodeProgram, inspector = "closed"): Promise<void> {
  const { code, stdout, ownStderr } = await program.finish();
  assertEquals({ code, stdout, ownStderr }, {
    code: 0,
    stdout: `READY\ninspector ${inspector}\n`,
    ownStderr: "",
  });
}

const placesOf = ({ stacks }: JavaScriptFound): string[] =>
  stacks[0]?.frames.filter(({ file }) => file?.endsWith("/program.cjs"))
    .map((frame) => `${frame.function}:${frame.line}`) ?? [];

Deno.test(
  "finish() shows the call frames of a busy program, which goes on to its end",
  { ignore },
  async () => {
    const script = `
    const fs = require("node:fs");
    function spin() { while (!fs.existsSync("stop")) { for (let i = 0; i < 1e6; i++); } }
    function outer() { spin(); }
    fs.writeSync(1, "READY\\n");
    outer();
    ${TELL_INSPECTOR}`;
    await withNodeProgram(script, async (program) => {
      const [looked] = await lookAtJavaScript([program.pid]);
      assertEquals(looked!.record?.status, "ok", looked!.record?.detail);
      assertEquals(placesOf(looked!), ["spin:3", "outer:4", "(anonymous):6"]);
      assertEquals(readListeningPorts(host.files, program.pid).own, []);
      await Deno.writeTextFile(`${await Deno.readLink(`/proc/${program.pid}/cwd`)}/stop`, "");
      await assertUnharmed(program);
    });
  },
);

Deno.test("finish() shows where a program waits in Atomics.wait", { ignore }, async () => {
  const script = `
    function waitForever() { Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0); }
    console.log("READY");
    waitForever();`;
  await withNodeProgram(script, async ({ pid }) => {
    await waitUntil("it waits", () => /futex/.test(Deno.readTextFileSync(`/proc/${pid}/wchan`)));
    const [looked] = await lookAtJavaScript([pid]);
    assertEquals(placesOf(looked!), ["waitForever:2", "(anonymous):4"]);
    assertEquals(host.kill(pid, undefined), "sent");
  });
});

Deno.test(
  "finish() tells what an idle loop keeps, and the program goes on to its end",
  { ignore },
  async () => {
    const script = `
    const net = require("node:net");
    const { spawn } = require("node:child_process");
    const { Worker } = require("node:worker_threads");
    const server = net.createServer(() => {}).listen(0, "127.0.0.1", () => {
      net.connect(server.address().port, "127.0.0.1", () => {
        const child = spawn("cat", { stdio: ["pipe", "ignore", "ignore"] });
        setTimeout(function renewToken() {}, 3600e3);
        new Worker("setInterval(() => {}, 1e6); require('worker_threads').parentPort.postMessage(0)", { eval: true })
          .on("message", () => console.log("READY"));
      });
    });
    ${IDLE}`;
    await withNodeProgram(script, async (program) => {
      const [looked] = await lookAtJavaScript([program.pid]);
      assertEquals(looked!.record?.status, "ok", looked!.record?.detail);
      const text = looked!.facts?.activeResources?.join("\n") ?? "";
      assertMatch(text, /a server at 127\.0\.0\.1:\d+ with 1 open connection \(callback at program\.cjs:5\)/);
      assertMatch(text, /a connection from 127\.0\.0\.1:\d+ to 127\.0\.0\.1:\d+/);
      assertMatch(text, /its child cat \(pid \d+\)/);
      assertMatch(
        text,
        /a timer that calls renewToken, due in (1h|1 h|59 min|60 min).* \(callback at program\.cjs:8\)/,
      );
      assertMatch(text, /a worker thread/);
      assertMatch(text, /a pipe|standard input/);
      await assertUnharmed(program);
    });
  },
);

Deno.test(
  "finish() looks at several programs that share a port, one after the other",
  { ignore },
  async () => {
    const listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
    const { port } = listener.addr as Deno.NetAddr;
    const options = { flags: [`--inspect-port=${port}`] };
    await withNodeProgram(`console.log("READY"); ${IDLE}`, async (first) => {
      await withNodeProgram(`console.log("READY"); ${IDLE}`, async (second) => {
        const [refused] = await lookAtJavaScript([first.pid]);
        assertEquals(
          refused!.record?.detail,
          `port ${port}, which its inspector needs, is taken by pid ${host.pid} (${ownCommand()}): ` +
            "end that, or start this program with --inspect-port=0",
        );
        listener.close();
        const looks = await Promise.all([
          lookAtJavaScript([first.pid, second.pid]),
          lookAtJavaScript([second.pid, first.pid]),
        ]);
        assertEquals(looks.flat().map(({ record }) => record?.status), ["ok", "ok", "ok", "ok"]);
        await assertUnharmed(first);
        await assertUnharmed(second);
      }, options);
    }, options);
  },
);

Deno.test("finish() uses an inspector that is open already, and leaves it open", { ignore }, async () => {
  await withNodeProgram(`console.log("READY"); ${IDLE}`, async (program) => {
    const [looked] = await lookAtJavaScript([program.pid]);
    assertEquals(looked!.record?.status, "ok", looked!.record?.detail);
    await assertUnharmed(program, "open");
  }, { flags: ["--inspect=127.0.0.1:0"] });
});

for (
  const [name, call, words] of [
    ["reads", `require("node:fs").readSync(0, Buffer.alloc(1))`, "is blocked in read"],
    [
      "waits for a child",
      `require("node:child_process").execSync("cat", { stdio: ["inherit", "pipe", "ignore"] })`,
      "waits for a child in spawnSync",
    ],
  ] as const
) {
  Deno.test(`finish() sends no signal to a program that ${name} synchronously`, { ignore }, async () => {
    const script = `console.log("READY"); ${call}; ${TELL_INSPECTOR}`;
    await withNodeProgram(script, async (program) => {
      await waitUntil("it is blocked", () => {
        const wchan = Deno.readTextFileSync(`/proc/${program.pid}/wchan`);
        // While it starts a child, Node reads a pipe for a moment.
        return name === "reads"
          ? /pipe|read/.test(wchan)
          : /epoll|ep_poll/.test(wchan) && hasChild(program.pid);
      });
      const [looked] = await lookAtJavaScript([program.pid]);
      assertEquals(looked!.record?.detail, `its main thread ${words}, so its inspector could not answer`);
      const { stderr, code } = await program.finish();
      assertEquals([code, stderr], [0, ""]);
    });
  });
}

Deno.test("finish() lets programs alone that are neither Node nor Deno", () =>
  withWaitingProgram(["sleep", "1000"], async (pid) => {
    const [looked] = await lookAtJavaScript([pid]);
    assertEquals([looked!.stacks, looked!.facts, looked!.record], [[], undefined, undefined]);
    assertEquals(host.kill(pid, undefined), "sent");
  }));

Deno.test("finish() sends no signal to Deno", async () => {
  const script =
    `console.log("READY"); setTimeout(function renewToken() {}, 3600e3); Deno.stdin.read(new Uint8Array(1))
    .then(() => { console.log("inspector closed"); Deno.exit(0); });`;
  const deno = [Deno.execPath(), "run", "-A", "--no-config"];
  await withNodeProgram(script, async (program) => {
    const [looked] = await lookAtJavaScript([program.pid]);
    assertEquals(
      looked!.record?.detail,
      "Deno shows its stacks only when it was started with --inspect=127.0.0.1:0",
    );
    await assertUnharmed(program);
  }, { program: deno, flags: [] });
});

Deno.test("finish() asks the inspector of a Deno that was started with one", async () => {
  const script = `console.log("READY"); function spin() { for (;;); } spin();`;
  const deno = [Deno.execPath(), "run", "-A", "--no-config", "--inspect=127.0.0.1:0"];
  await withNodeProgram(script, async ({ pid }) => {
    const [looked] = await lookAtJavaScript([pid]);
    assertEquals(looked!.record?.status, "ok", looked!.record?.detail);
    assertEquals(placesOf(looked!)[0], "spin:1");
    assertEquals(readListeningPorts(host.files, pid).own.length, 1);
  }, { program: deno, flags: [] });
});

Deno.test("finish() does nothing when time is up", { ignore }, async () => {
  await withNodeProgram(`console.log("READY"); ${IDLE}`, async (program) => {
    const [looked] = await lookAtJavaScript([program.pid], AbortSignal.abort());
    assert(looked!.record === undefined);
    const { stderr } = await program.finish();
    assertEquals(stderr, "");
  });
});

function ownCommand(): string {
  return Deno.readTextFileSync("/proc/self/cmdline").split("\0").slice(0, -1).join(" ").slice(0, 100);
}

function hasChild(pid: number): boolean {
  return Deno.readTextFileSync(`/proc/${pid}/task/${pid}/children`).trim() !== "";
}
