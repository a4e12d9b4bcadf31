import { isAwake } from "../../../src/hooks/diagnosis/is_awake.ts";
import { assertEquals } from "../../support/assert.ts";
import { facts, process, thread } from "../../support/facts_builder.ts";

const tree = facts([process(100)]);

Deno.test("isAwake() takes a thread that only sleeps for asleep, when its system calls may not be looked at", () => {
  assertEquals(isAwake(tree, thread(100, { states: "SSS", syscall: undefined, sameSyscall: false })), false);
});

Deno.test("isAwake() says yes, when a thread ran, changed its system call or woke up", () => {
  const awake = [
    thread(100, { states: "SRS", sameSyscall: false }),
    thread(100, { wait: { kind: "signal", signals: [] }, sameSyscall: false }),
    thread(100, { wakeups: 1 }),
  ];
  assertEquals(awake.map((each) => isAwake(tree, each)), [true, true, true]);
});
