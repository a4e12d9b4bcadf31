import { diagnose } from "../../../src/hooks/diagnosis/diagnose.ts";
import { gapsOf } from "../../../src/hooks/gaps_of.ts";
import { assert, assertEquals, assertStringIncludes } from "../../support/assert.ts";
import { facts, file, process, task } from "../../support/facts_builder.ts";

Deno.test("gapsOf() puts together what the kernel hid and what could not be read of the language", () => {
  assertEquals(gapsOf(process(100)), undefined);
  const [incomplete, leftOut] = ["it ended", ["9590 of 10001 tasks are left out", "1 task moved"]];
  assertEquals(gapsOf(process(100, { leftOut: [] })), undefined);
  assertEquals(gapsOf(process(100, { incomplete })), "it ended");
  assertEquals(
    gapsOf(process(100, { incomplete, leftOut })),
    "it ended; 9590 of 10001 tasks are left out; 1 task moved",
  );
});

Deno.test("diagnose() says what of a program was left out, when there was no time to read all of it", () => {
  const tasks = [task("1", { name: "Task-7", count: 410, waitsFor: "an asyncio.Event" }, "wait (app.py:2)")];
  const loop = process(100, {
    wait: { kind: "poll", epoll: true, fds: [{ fd: 4, events: ["read"] }] },
    command: ["python3", "app.py"],
    fds: [file(4, "eventfd", "anon_inode:[eventfd]")],
    tasks,
    leftOut: ["9590 of 10001 tasks are left out"],
  });
  const { evidence, summary } = diagnose(facts([loop]));
  assert(evidence.includes("Not all of it could be seen: 9590 of 10001 tasks are left out"), evidence.join());
  assertStringIncludes(summary, "each of its 410 tasks such as Task-7 waits for an asyncio.Event");
});
