import { inspectorAccess } from "../../../src/hooks/collectors/javascript/inspector_access.ts";
import type { JavaScriptProcess } from "../../../src/hooks/collectors/javascript/javascript_process.ts";
import { assertEquals } from "../../support/assert.ts";

const IDLE_NODE: JavaScriptProcess = {
  engine: "node",
  command: ["node", "server.js"],
  nodeOptions: "",
  catchesSignal: true,
  blocksSignal: false,
  tracerPid: 0,
  isSameNetwork: true,
  ownPorts: [],
  takenPorts: [],
  main: { kind: "idle" },
};

const accessTo = (changes: Partial<JavaScriptProcess>) => inspectorAccess({ ...IDLE_NODE, ...changes });
const kindOf = (changes: Partial<JavaScriptProcess>): string => accessTo(changes).kind;

Deno.test("inspectorAccess() signals a Node that is idle or busy", () => {
  assertEquals(accessTo({}), { kind: "signal", port: 9229 });
  assertEquals(accessTo({ main: { kind: "running" } }), { kind: "signal", port: 9229 });
});

Deno.test("inspectorAccess() never signals what does not catch it, blocks it or could not answer", () => {
  assertEquals(kindOf({ catchesSignal: false }), "refused");
  assertEquals(kindOf({ blocksSignal: true }), "refused");
  assertEquals(kindOf({ isSameNetwork: false }), "refused");
  assertEquals(accessTo({ catchesSignal: false, command: ["node", "--disable-sigusr1", "a.js"] }), {
    kind: "refused",
    detail: "it was started with --disable-sigusr1, so its inspector cannot be opened",
  });
  assertEquals(accessTo({ tracerPid: 7 }), {
    kind: "refused",
    detail: "a debugger (pid 7) traces it, which would stop it at the signal for its inspector",
  });
  assertEquals(accessTo({ main: { kind: "blocked", how: "is blocked in read" } }), {
    kind: "refused",
    detail: "its main thread is blocked in read, so its inspector could not answer",
  });
});

Deno.test("inspectorAccess() never signals Deno", () => {
  const deno = { engine: "deno", command: ["deno", "run", "-A", "server.ts"] } as const;
  assertEquals(kindOf(deno), "refused");
  const inspected = { ...deno, command: ["deno", "run", "--inspect=127.0.0.1:0", "-A", "server.ts"] };
  assertEquals(kindOf(inspected), "refused");
  assertEquals(accessTo({ ...inspected, ownPorts: [4567, 8000] }), { kind: "open", port: 4567 });
  for (const before of [["deno", "--quiet", "bench"], ["deno", "-A"]]) {
    const command = [...before, "--inspect=127.0.0.1:0", "a.ts", "--inspect=127.0.0.1:9"];
    assertEquals(accessTo({ ...deno, command, ownPorts: [4567] }), { kind: "open", port: 4567 });
  }
});

Deno.test("inspectorAccess() uses what is open, and takes other ports for the program's own", () => {
  assertEquals(accessTo({ ownPorts: [8080, 9229] }), { kind: "open", port: 9229 });
  assertEquals(accessTo({ ownPorts: [8080] }), { kind: "signal", port: 9229 });
});

Deno.test("inspectorAccess() waits for a port that somebody else has", () => {
  assertEquals(accessTo({ takenPorts: [9229] }), { kind: "taken", port: 9229 });
  assertEquals(accessTo({ takenPorts: [9229], nodeOptions: "--inspect-port=9230" }), {
    kind: "signal",
    port: 9230,
  });
});

Deno.test("inspectorAccess() heeds options of Node, not those of the program", () => {
  const cases: readonly [readonly string[], number][] = [
    [["node", "--inspect-port=9300", "a.js"], 9300],
    [["node", "--inspect-port=127.0.0.1:9301", "a.js"], 9301],
    [["node", "--debug-port=localhost:9302", "a.js"], 9302],
    [["node", "--inspect=0", "a.js"], 0],
    [["node", "--inspect-brk", "a.js"], 9229],
    [["node", "a.js", "--inspect-port=9303"], 9229],
  ];
  for (const [command, port] of cases) assertEquals(accessTo({ command }), { kind: "signal", port });
});

Deno.test("inspectorAccess() opens no inspector to other machines", () => {
  for (const option of ["--inspect-port=0.0.0.0:9229", "--inspect-port=[::]:0", "--inspect=example.org"]) {
    assertEquals(kindOf({ nodeOptions: option }), "refused", option);
  }
});
