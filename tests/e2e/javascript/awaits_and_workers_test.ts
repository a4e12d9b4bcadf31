import { openInspector } from "../../../src/hooks/collectors/javascript/inspector_client.ts";
import { readListeningPorts } from "../../../src/hooks/collectors/javascript/javascript_process.ts";
import { host } from "../../../src/runtime/host.ts";
import { type JavaScriptFound, lookAtJavaScript } from "../../support/look_at_javascript.ts";
import { assertEquals, assertMatch } from "../../support/assert.ts";
import { isOnPath } from "../../support/is_on_path.ts";
import { waitUntil } from "../../support/wait_until.ts";
import { withNodeProgram } from "../../support/with_node_program.ts";

const LIMIT_MS = 5000;

/** `node24` is there on machines that have several. */
const NODES = ["node", "node24"];
const AWAITS = `
  const server = require("node:http").createServer(() => {}).listen(0, "127.0.0.1", async () => {
    const url = "http://127.0.0.1:" + server.address().port;
    sync(url + "/orders").catch(() => console.log("ended"));
    renew();
    setTimeout(() => console.log("READY"), 50);
  });
  const stop = new AbortController();
  async function load(url) {
    return await fetch(url, { signal: stop.signal });
  }
  async function sync(url) {
    const answers = [];
    answers.push(await load(url));
  }
  async function renew() {
    await new Promise((resolve) => setTimeout(function renewToken() { resolve(); }, 3600e3).unref());
  }
  process.stdin.on("end", () => { stop.abort(); server.close(); server.closeAllConnections(); }).resume();`;
const WORKERS = `
  const { Worker } = require("node:worker_threads");
  const burner = new Worker("let n = 0; function burn() { for (;;) n++; }\\n" +
    "require('node:worker_threads').parentPort.postMessage(0);\\nburn();", { eval: true });
  const idle = new Worker("setInterval(function tick() {}, 1e6);", { eval: true, name: "ticker" });
  let online = 0;
  const ready = () => ++online === 2 && console.log("READY");
  burner.once("message", ready);
  idle.once("online", ready);
  process.stdin.on("end", async () => {
    await Promise.all([burner.terminate(), idle.terminate()]);
    console.log("ended");
  }).resume();`;

const tasksOf = ({ facts }: JavaScriptFound) =>
  (facts?.tasks ?? []).map(({ name, state, waitsFor, frames }) => ({
    text: `${name}: ${state}, ${waitsFor}`,
    places: frames.filter(({ file }) => file?.endsWith("/program.cjs"))
      .map((frame) => `${frame.function}:${frame.line}`),
  }));

for (const node of NODES) {
  const ignore = !isOnPath(node);
  const options = { program: [node], flags: ["--inspect-port=0"] };

  Deno.test(
    `finish() names what async functions await, in an idle ${node} that goes on`,
    { ignore },
    () =>
      withNodeProgram(AWAITS, async (program) => {
        const [looked] = await lookAtJavaScript([program.pid]);
        assertEquals(looked!.record?.status, "ok", looked!.record?.detail);
        assertMatch(looked!.facts?.runtime ?? "", /^Node\.js \d+\./);
        const tasks = tasksOf(looked!);
        assertEquals(
          tasks.find(({ text }) => text === "sync: suspended at await, fetch(url, { signal: stop.signal })")
            ?.places,
          ["load:10", "sync:14"],
        );
        assertEquals(tasks.find(({ text }) => text.startsWith("renew:"))?.places, ["renew:17"]);
        const resources = looked!.facts?.activeResources?.join("\n") ?? "";
        assertMatch(resources, /an answer to the fetch GET http:\/\/127\.0\.0\.1:\d+\/orders/);
        assertMatch(resources, /whose request GET \/orders is not answered yet/);
        const { code, stdout, ownStderr } = await program.finish();
        assertEquals({ code, stdout, ownStderr }, { code: 0, stdout: "READY\nended\n", ownStderr: "" });
      }, options),
  );

  Deno.test(
    `finish() shows what the workers of a ${node} do, which goes on`,
    { ignore },
    () =>
      withNodeProgram(WORKERS, async (program) => {
        const [looked] = await lookAtJavaScript([program.pid]);
        assertEquals(looked!.record?.status, "ok", looked!.record?.detail);
        const workers = looked!.facts?.tasks?.filter(({ kind }) => kind === "worker") ?? [];
        const busy = workers.find(({ state }) => state === "busy");
        assertEquals(busy?.frames.slice(0, 2).map(({ function: name, line }) => `${name}:${line}`), [
          "burn:1",
          "(anonymous):3",
        ]);
        const idle = workers.find(({ name }) => name === "ticker");
        assertMatch(`${idle?.state} ${idle?.waitsFor}`, /^idle a timer that calls tick, due in .*, every /);
        const { code, stdout, ownStderr } = await program.finish();
        assertEquals({ code, stdout, ownStderr }, { code: 0, stdout: "READY\nended\n", ownStderr: "" });
      }, options),
  );
}

Deno.test("finish() finds sources through the map of a script", { ignore: !isOnPath("node") }, () => {
  // Line 2, where the function starts, was line 10 of the source; line 3 was line 11.
  const map = { version: 3, sources: ["orders.ts"], names: [], mappings: ";AASA;AACA;AACA" };
  const url = `data:application/json;base64,${btoa(JSON.stringify(map))}`;
  const script = `console.log("READY");
async function load() {
await new Promise((resolve) => { setTimeout(() => resolve(), 3600e3); });
} load();
//# sourceMappingURL=${url}`;
  return withNodeProgram(script, async ({ pid }) => {
    const [looked] = await lookAtJavaScript([pid]);
    const frame = looked!.facts?.tasks?.[0]?.frames[0];
    assertEquals(`${frame?.function} ${frame?.file?.split("/").at(-1)}:${frame?.line}`, "load orders.ts:11");
  });
});

Deno.test("finish() names what async functions await in a Deno that has an inspector", () => {
  const script = `const listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
async function load(url) {
  await fetch(url);
}
load("http://127.0.0.1:" + listener.addr.port);
console.log("READY");`;
  const deno = [Deno.execPath(), "run", "-A", "--no-config"];
  return withNodeProgram(script, async ({ pid }) => {
    const [looked] = await lookAtJavaScript([pid]);
    assertEquals(looked!.facts?.runtime, `Deno ${Deno.version.deno}`);
    // Who waits for debuggers is no server of the program.
    assertEquals([...looked!.facts?.threads?.values() ?? []].map(({ isInternal }) => isInternal), [true]);
    assertEquals(tasksOf(looked!), [{ text: "load: suspended at await, fetch(url)", places: ["load:3"] }]);
  }, { program: deno, flags: ["--inspect=127.0.0.1:0"] });
});

Deno.test("finish() says that a debugger holds a program", { ignore: !isOnPath("node") }, async () => {
  const script = `console.log("READY"); process.stdin.resume();`;
  await withNodeProgram(script, async ({ pid }) => {
    const [port] = readListeningPorts(host.files, pid).own;
    const other = await openInspector(host, port!, new AbortController().signal);
    let isPaused = false;
    other.onEvent((method) => isPaused ||= method === "Debugger.paused");
    await other.call("Debugger.enable", {}, LIMIT_MS);
    await other.tell("Runtime.evaluate", { expression: "setTimeout(function pay() { debugger; })" });
    await waitUntil("it is paused", () => isPaused);
    const [looked] = await lookAtJavaScript([pid]);
    assertEquals(looked!.facts?.threads?.get(pid)?.state, "paused by a debugger");
    assertEquals(looked!.stacks[0]?.frames[0]?.function, "pay");
    other.close();
  }, { flags: ["--inspect=127.0.0.1:0"] });
});

Deno.test("finish() leaves a listener of the program for SIGUSR1 to the program", {
  ignore: !isOnPath("node"),
}, () => {
  const script = `process.on("SIGUSR1", () => {}); process.stdin.resume(); console.log("READY");`;
  return withNodeProgram(script, async ({ pid }) => {
    const [looked] = await lookAtJavaScript([pid]);
    assertMatch(
      looked!.record?.detail ?? "",
      /^it did not open its inspector on SIGUSR1: .*the program has a listener of its own for this signal$/,
    );
  });
});

Deno.test("finish() sends no signal with --disable-sigusr1", { ignore: !isOnPath("node24") }, () => {
  const script = `process.stdin.resume(); console.log("READY");`;
  return withNodeProgram(script, async (program) => {
    const [looked] = await lookAtJavaScript([program.pid]);
    assertMatch(looked!.record?.detail ?? "", /--disable-sigusr1/);
    assertEquals((await program.finish()).stderr, "");
  }, { program: ["node24"], flags: ["--disable-sigusr1"] });
});
