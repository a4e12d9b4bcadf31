import { diagnose } from "../../../src/hooks/diagnosis/diagnose.ts";
import type { FdFacts, Wait } from "../../../src/hooks/facts.ts";
import type { LoopTimer } from "../../../src/hooks/language_facts.ts";
import { assert, assertEquals, assertStringIncludes } from "../../support/assert.ts";
import { facts, file, process, task } from "../../support/facts_builder.ts";

const EPOLL = file(3, "epoll", "anon_inode:[eventpoll]");

function epoll(files: readonly FdFacts[]): Wait {
  return { kind: "poll", epoll: true, fds: files.map(({ fd }) => ({ fd, events: ["read"] })) };
}

Deno.test("diagnose() names what the program awaits, not what its test runner does", () => {
  const library = "/srv/node_modules/runner/index.js";
  const runner = task(
    "1",
    { language: "javascript", waitsFor: "pool.run(task)" },
    "Promise.all (index 0)",
    `run@${library}:9`,
  );
  const own = task(
    "2",
    { language: "javascript", waitsFor: "connect()" },
    "readOrder@order.test.js:7",
    `runTest@${library}:4`,
  );
  const channel = (pid: number): FdFacts =>
    file(5, "unix", "socket:[1]", { ends: [{ pid, fd: 5, access: "read-write" }] });
  const child = process(100, {
    ppid: 90,
    command: ["node", "runner.js"],
    wait: epoll([channel(90)]),
    fds: [EPOLL, channel(90)],
    tasks: [runner, own],
  });
  const parent = process(90, {
    ppid: 1,
    command: ["node", "runner.js"],
    wait: epoll([channel(100)]),
    fds: [EPOLL, channel(100)],
  });
  const { cause, summary } = diagnose(facts([parent, child]));
  // A function of the program's own that is called `connect` is none that opens a connection.
  assertEquals(cause, "worker-wait");
  assertStringIncludes(summary, "waits for connect(), at readOrder (order.test.js:7)");
});

Deno.test("diagnose() tells the program's own timer, when the loop wakes up before for another", () => {
  const looping = (timers: readonly LoopTimer[] | undefined) =>
    diagnose(facts([
      process(100, {
        command: ["node", "app.js"],
        wait: { ...epoll([]), timeoutMs: 8100 } as Wait,
        fds: [EPOLL],
        activeResources: ["a timer that calls renew (callback at app.js:3)"],
        timers,
      }),
    ]));
  assertStringIncludes(looping(undefined).summary, "waits for a timer that is due in 8.1 s");
  const { summary, evidence } = looping([{ dueMs: 500, everyMs: 1000 }, { dueMs: 10_020_000 }]);
  assertStringIncludes(summary, "waits for a timer that is due in 2 h 47 min");
  assertEquals(evidence[0], "Its event loop keeps: a timer that calls renew (callback at app.js:3)");
  assert(!looping([]).summary.includes("a timer"));
});

Deno.test("diagnose() says sleep, when what is awaited is a timer by the words of the platform", () => {
  const awaiting = (waitsFor: string) =>
    diagnose(facts([
      process(100, {
        command: ["deno", "run", "app.ts"],
        wait: { ...epoll([]), timeoutMs: 8100 } as Wait,
        fds: [EPOLL],
        tasks: [task("1", { language: "javascript", waitsFor }, "pause@app.ts:3")],
        timers: [],
      }),
    ])).cause;
  assertEquals(awaiting("new Promise<void>((done) => setTimeout(done, 3_600_000))"), "sleep");
  assertEquals(awaiting("setTimeout(3_600_000)"), "sleep");
  assertEquals(awaiting("sleepers.connect()"), "worker-wait");
});
