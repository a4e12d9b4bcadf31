import { diagnose } from "../../../src/hooks/diagnosis/diagnose.ts";
import type { Wait } from "../../../src/hooks/facts.ts";
import { assertEquals, assertStringIncludes } from "../../support/assert.ts";
import { facts, lock, process, thread, told } from "../../support/facts_builder.ts";

const COMMAND = ["./server"];

function mutexOf(goneOwnerTid: number): Wait {
  return { kind: "futex", address: "0x10", shape: "mutex", goneOwnerTid };
}

Deno.test("diagnose() says that fork() copied a lock, when a thread of the parent is recorded as its owner", () => {
  const threads = [thread(100, { wait: { kind: "child" } }), thread(101, { name: "writer" })];
  const { cause, confidence, summary, advice } = diagnose(facts([
    process(100, { command: COMMAND, threads }),
    process(105, { command: COMMAND, wait: mutexOf(101) }),
  ]));
  assertEquals([cause, confidence], ["lock-wait", "proven"]);
  assertStringIncludes(
    summary,
    `fork() copied while thread "writer" (tid 101) of its parent server (pid 100) held it: nobody in the child`,
  );
  assertStringIncludes(advice ?? "", "pthread_atfork");
});

Deno.test("diagnose() holds a copied lock for likely, when the thread of the parent has ended since", () => {
  const { confidence, summary } = diagnose(facts([
    process(100, { command: COMMAND, wait: { kind: "child" } }),
    process(105, { command: COMMAND, wait: mutexOf(103) }),
  ]));
  assertEquals(confidence, "likely");
  assertStringIncludes(summary, "while thread 103 of its parent server (pid 100) held it");
});

Deno.test("diagnose() says that the owner has exited, when its number is later than that of the process", () => {
  const { cause, confidence, summary } = diagnose(facts([process(100, { wait: mutexOf(107) })]));
  assertEquals([cause, confidence], ["lock-wait", "likely"]);
  assertStringIncludes(summary, "whose owner, its thread 107, has exited without unlocking it");
});

Deno.test("diagnose() does not say what became of the owner, when its number means nothing here", () => {
  const { summary } = diagnose(facts([process(100, { wait: mutexOf(7) })]));
  assertStringIncludes(summary, "a mutex whose owner (thread 7) is none of its threads");
});

Deno.test("diagnose() tells of fork(), when a forked child waits for a lock of its language that nobody holds", () => {
  const python = ["python3", "jobs.py"];
  const waits = thread(105, {
    wait: { kind: "futex", address: "0x1", shape: "other" },
    language: told({ wait: { kind: "lock", on: lock("0x1", "threading.Lock", "log_lock") } }),
  });
  const { cause, summary, advice } = diagnose(facts([
    process(100, { command: python, wait: { kind: "child" } }),
    process(105, { command: python, threads: [waits] }),
  ]));
  assertEquals(cause, "lock-wait");
  assertStringIncludes(summary, "waits for log_lock (threading.Lock), which no thread is seen to hold");
  assertStringIncludes(summary, "it was forked from jobs.py (pid 100), and a lock that another thread held");
  assertStringIncludes(advice ?? "", "spawn instead of fork");
});
