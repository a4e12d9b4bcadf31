import { diagnose } from "../../../src/hooks/diagnosis/diagnose.ts";
import type { ThreadFacts, Wait } from "../../../src/hooks/facts.ts";
import type { LanguageThread } from "../../../src/hooks/language_facts.ts";
import type { Diagnosis } from "../../../src/sample_document.ts";
import { assertEquals, assertStringIncludes } from "../../support/assert.ts";
import { facts, lock, process, stackOf, thread, told } from "../../support/facts_builder.ts";

const FUTEX: Wait = { kind: "futex", address: "0x10", shape: "other" };

function verdict({ cause, confidence, pid }: Diagnosis): [string, string, number] {
  return [cause, confidence, pid];
}

function parked(tid: number, name: string, sketch: Partial<LanguageThread>, ...names: string[]): ThreadFacts {
  const stacks = names.length === 0 ? [] : [stackOf("python", ...names)];
  return thread(tid, { wait: FUTEX, language: told({ name, ...sketch }), stacks });
}

function of(...threads: ThreadFacts[]): Diagnosis {
  return diagnose(facts([process(100, { command: ["python3", "jobs.py"], threads })]));
}

const FUTURE = lock("0x9", "concurrent.futures.Future");

Deno.test("diagnose() says that a pool starves itself, when each of its threads waits for a result", () => {
  const worker = (tid: number, name: string): ThreadFacts =>
    parked(tid, name, { wait: { kind: "future", on: FUTURE } }, "outer@jobs.py:4", "_worker@thread.py:83");
  const diagnosis = of(
    parked(100, "MainThread", { wait: { kind: "future", on: lock("0x8", "concurrent.futures.Future") } }),
    worker(101, "pool-1-thread-1"),
    worker(102, "pool-1-thread-2"),
  );
  assertEquals(verdict(diagnosis), ["deadlock", "likely", 100]);
  assertStringIncludes(
    diagnosis.summary,
    "wait for results of work that only they themselves could do, at outer",
  );
  assertStringIncludes(diagnosis.advice ?? "", "a pool of its own");
});

Deno.test("diagnose() sees no starved pool, when one of its threads waits for work, or the loop might give results", () => {
  const main = parked(100, "MainThread", { wait: { kind: "future", on: FUTURE } });
  const starving = parked(
    101,
    "pool-1-thread-1",
    { wait: { kind: "future", on: FUTURE } },
    "_worker@t.py:83",
  );
  const idle = parked(102, "pool-1-thread-2", { wait: { kind: "queue" } }, "_worker@t.py:83");
  assertEquals(of(main, starving, idle).cause, "worker-wait");
  const selector = thread(103, { wait: { kind: "poll", epoll: true, fds: [] } });
  assertEquals(of(main, starving, selector).cause, "worker-wait");
});

Deno.test("diagnose() proves that a pool starves itself, when the runtime names its threads as those to work", () => {
  const diagnosis = of(
    parked(100, "MainThread", { wait: { kind: "future", ownerTids: [101] } }),
    parked(101, "pool_0", { wait: { kind: "future", on: FUTURE, ownerTids: [101] } }, "outer@jobs.py:4"),
  );
  assertEquals([...verdict(diagnosis), diagnosis.tid], ["deadlock", "proven", 100, 101]);
  assertStringIncludes(
    diagnosis.summary,
    "waits for a result of work that only it itself could do, at outer",
  );
});
