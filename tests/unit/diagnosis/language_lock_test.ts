import { diagnose } from "../../../src/hooks/diagnosis/diagnose.ts";
import type { ThreadFacts, Wait } from "../../../src/hooks/facts.ts";
import type { LanguageLock, LanguageThread } from "../../../src/hooks/language_facts.ts";
import type { Diagnosis } from "../../../src/sample_document.ts";
import { assert, assertEquals, assertStringIncludes } from "../../support/assert.ts";
import { BUSY, facts, lock, process, stackOf, tcp, thread, told } from "../../support/facts_builder.ts";

const FUTEX: Wait = { kind: "futex", address: "0x10", shape: "other" };
const LEDGER = lock("0x1", "threading.Lock", "ledger_lock");
const AUDIT = lock("0x2", "threading.Lock", "audit_lock");

function verdict({ cause, confidence, pid }: Diagnosis): [string, string, number] {
  return [cause, confidence, pid];
}

/** A Python thread in a futex, of which its runtime tells this. */
function parked(tid: number, name: string, sketch: Partial<LanguageThread>, ...names: string[]): ThreadFacts {
  const stacks = names.length === 0 ? [] : [stackOf("python", ...names)];
  return thread(tid, { wait: FUTEX, language: told({ name, ...sketch }), stacks });
}

function wants(on: LanguageLock, ...holds: LanguageLock[]): Partial<LanguageThread> {
  return { holds, wait: { kind: "lock", on } };
}

function of(...threads: ThreadFacts[]): Diagnosis {
  return diagnose(facts([process(100, { command: ["python3", "bank.py"], threads })]));
}

const JOINS_101 = parked(100, "MainThread", { wait: { kind: "join", ownerTids: [101] } }, "run@bank.py:30");

Deno.test("diagnose() proves a deadlock, when threads hold each other's locks of a language", () => {
  const diagnosis = of(
    JOINS_101,
    parked(101, "east", wants(AUDIT, LEDGER), "move@bank.py:9"),
    parked(102, "west", wants(LEDGER, AUDIT), "audit@bank.py:17"),
  );
  assertEquals([...verdict(diagnosis), diagnosis.tid], ["deadlock", "proven", 100, 101]);
  assertEquals(
    diagnosis.summary,
    `bank.py (pid 100) hangs: its thread "east" (tid 101) and thread "west" (tid 102) wait for each other's locks, ` +
      "at move (bank.py:9) and audit (bank.py:17)",
  );
  assertEquals(
    diagnosis.evidence[0],
    `Thread "east" (tid 101) holds ledger_lock (threading.Lock) and waits for audit_lock (threading.Lock), ` +
      `which thread "west" (tid 102) holds, at move (bank.py:9)`,
  );
});

Deno.test("diagnose() holds a deadlock for likely, when a holder is inferred or a wait ends by itself", () => {
  const guessed = { ...AUDIT, isCertain: false };
  const inferred = of(
    parked(100, "main", wants(AUDIT, LEDGER)),
    parked(101, "west", wants(LEDGER, guessed)),
  );
  assertEquals(verdict(inferred), ["deadlock", "likely", 100]);
  const timed = of(
    parked(100, "main", { holds: [LEDGER], wait: { kind: "lock", on: AUDIT, timeoutMs: 5000 } }),
    parked(101, "west", wants(LEDGER, AUDIT)),
  );
  assertEquals(verdict(timed), ["deadlock", "likely", 100]);
});

Deno.test("diagnose() sees no deadlock, when the threads of a circle of locks wake up again and again", () => {
  const threads = [
    parked(100, "main", wants(AUDIT, LEDGER)),
    { ...parked(101, "west", wants(LEDGER, AUDIT)), wakeups: 900, sameSyscall: false },
  ];
  assert(diagnose(facts([process(100, { threads })])).confidence !== "proven");
});

Deno.test("diagnose() proves a deadlock, when the runtime itself names the owners", () => {
  const monitor = (id: string): LanguageLock => lock(id, "java.lang.Object");
  const java = (tid: number, name: string, waits: string, owner: number, ...names: string[]): ThreadFacts =>
    thread(tid, {
      wait: FUTEX,
      stacks: [stackOf("java", ...names)],
      language: told({
        language: "java",
        name,
        wait: { kind: "lock", on: monitor(waits), ownerTids: [owner] },
      }),
    });
  const { cause, confidence, evidence } = of(
    thread(100, { wait: { kind: "futex", address: "0x9", joinsTid: 101, shape: "join" } }),
    java(101, "teller-east", "0x1", 102, "Teller.moveFunds@Teller.java:12"),
    java(102, "teller-west", "0x2", 101, "Teller.moveFunds@Teller.java:12"),
  );
  assertEquals([cause, confidence], ["deadlock", "proven"]);
  assertStringIncludes(evidence[0]!, `which thread "teller-west" (tid 102) holds, at Teller.moveFunds`);
});

Deno.test("diagnose() proves a deadlock, when a thread waits for the lock that it holds", () => {
  const alone = of(parked(100, "MainThread", wants(LEDGER, LEDGER), "post@bank.py:8", "main@bank.py:20"));
  assertEquals(verdict(alone), ["deadlock", "proven", 100]);
  assertEquals(
    alone.summary,
    "bank.py (pid 100) waits for ledger_lock (threading.Lock) in the main thread, which holds it itself, " +
      "at post (bank.py:8)",
  );
});

Deno.test("diagnose() sees no deadlock, when the lock may be taken again by its holder", () => {
  const again = lock("0x3", "threading.RLock");
  assertEquals(of(parked(100, "MainThread", wants(again, again))).cause, "lock-wait");
});

Deno.test("diagnose() blames what the holder of a lock waits for, when that is something else", () => {
  const sockets = [tcp(5, "ESTABLISHED", "127.0.0.1:4000", "10.0.0.9:5432")];
  const threads = [
    JOINS_101,
    parked(101, "writer", wants(LEDGER), "save@bank.py:9"),
    thread(102, {
      wait: { kind: "read", fd: 5 },
      language: told({ name: "loader", holds: [LEDGER] }),
      stacks: [stackOf("python", "load@bank.py:40")],
    }),
  ];
  const diagnosis = diagnose(facts([process(100, { threads, fds: sockets })]));
  assertEquals([...verdict(diagnosis), diagnosis.tid], ["net-read", "proven", 100, 102]);
  assertStringIncludes(
    diagnosis.summary,
    `waits for ledger_lock (threading.Lock), which thread "loader" (tid 102) holds, which waits for data from ` +
      "10.0.0.9:5432",
  );
});

Deno.test("diagnose() blames the holder, when it burns CPU with the lock", () => {
  const holder = thread(101, { ...BUSY, language: told({ holds: [LEDGER] }) });
  const threads = [parked(100, "MainThread", wants(LEDGER)), holder];
  const diagnosis = diagnose(facts([process(100, { cpuPercent: 99, threads })]));
  assertEquals([diagnosis.cause, diagnosis.tid], ["cpu-bound", 101]);
});

Deno.test("diagnose() finds the circle, when a thread is kept by one of several readers", () => {
  const table = lock("0x5", "java.util.concurrent.locks.ReentrantReadWriteLock");
  const diagnosis = of(
    parked(100, "writer", { holds: [LEDGER], wait: { kind: "lock", on: table, ownerTids: [101, 102] } }),
    thread(101, { wait: { kind: "sleep" }, language: told({ name: "slow reader" }) }),
    parked(102, "reader", wants(LEDGER)),
  );
  assertEquals(verdict(diagnosis), ["deadlock", "proven", 100]);
});

Deno.test("diagnose() follows the interpreter lock, when its holder is in a call that does not let go of it", () => {
  const diagnosis = of(
    parked(100, "MainThread", { state: "waits for the interpreter lock" }),
    thread(101, {
      wait: { kind: "sleep", durationMs: 900_000 },
      language: told({ name: "native", state: "holds the interpreter lock" }),
    }),
  );
  assertEquals([diagnosis.cause, diagnosis.tid], ["sleep", 101]);
  assertStringIncludes(diagnosis.summary, `waits for the interpreter lock, which thread "native"`);
});

Deno.test("diagnose() leaves out threads of the runtime, when it looks for the one that matters", () => {
  const internal = thread(103, {
    wait: { kind: "futex", address: "0x7", ownerTid: 100, shape: "mutex" },
    language: told({ isInternal: true }),
  });
  const sleeper = thread(104, { wait: { kind: "sleep" }, language: told({ isInternal: true }) });
  const diagnosis = of(parked(100, "MainThread", { wait: { kind: "queue" } }), internal, sleeper);
  assertEquals([diagnosis.cause, diagnosis.tid], ["worker-wait", undefined]);
});

Deno.test("diagnose() ends, when two thousand threads wait for one lock", () => {
  const threads = Array.from({ length: 2000 }, (_, index) => parked(100 + index, "t", wants(LEDGER, AUDIT)));
  assertEquals(of(...threads).cause, "lock-wait");
});

Deno.test("diagnose() holds a deadlock for likely, when threads wait for two locks and nobody else is awake", () => {
  const diagnosis = of(
    parked(100, "MainThread", { wait: { kind: "join", ownerTids: [101] } }),
    parked(101, "east", wants(AUDIT), "move@bank.py:9"),
    parked(102, "west", wants(LEDGER), "audit@bank.py:17"),
  );
  assertEquals(verdict(diagnosis), ["deadlock", "likely", 100]);
  assertStringIncludes(diagnosis.evidence[0]!, `waits for audit_lock (threading.Lock), at move (bank.py:9)`);
});

Deno.test("diagnose() says who is left, when a thread waits for an item of a queue", () => {
  const main = parked(
    100,
    "MainThread",
    { wait: { kind: "queue", on: lock("0x4", "queue.Queue", "orders") } },
    "Condition.wait@/usr/lib/python3.11/threading.py:320",
    "Queue.get@/usr/lib/python3.11/queue.py:171",
    "next_order@intake.py:20",
  );
  const idle = [101, 102].map((tid) => parked(tid, `w${tid}`, { wait: { kind: "queue" } }));
  assertStringIncludes(
    of(main, ...idle).summary,
    "waits in Queue.get for an item from orders (queue.Queue), into which nobody puts one, at next_order " +
      "(intake.py:20); its 2 other threads only wait for work, so that nobody in it is left",
  );
  assertStringIncludes(of(main).summary, "; it has no other thread that could end this wait");
});

Deno.test("diagnose() stays with the holder of a lock, when that is at work", () => {
  const holder = thread(101, {
    wait: FUTEX,
    wakeups: 500,
    sameSyscall: false,
    language: told({ name: "busy", holds: [LEDGER] }),
  });
  const waits = parked(102, "other", { wait: { kind: "future" } });
  const diagnosis = of(parked(100, "MainThread", wants(LEDGER)), holder, waits);
  assertEquals([diagnosis.cause, diagnosis.tid], ["unknown", 101]);
  assertStringIncludes(diagnosis.summary, `which thread "busy" (tid 101) holds, which is at work`);
});

Deno.test("diagnose() closes no circle, when threads wait for locks whose holders only idle", () => {
  const threads = Array.from(
    { length: 6 },
    (_, index) =>
      index % 2 === 0
        ? parked(100 + index, "waits", { wait: { kind: "lock", ownerTids: [101 + index] } })
        : parked(100 + index, "idles", { wait: { kind: "queue" } }),
  );
  const diagnosis = of(...threads);
  assertEquals([diagnosis.cause, diagnosis.tid], ["worker-wait", 101]);
});

Deno.test("diagnose() leaves out the middle, when a line of waiting threads is long", () => {
  const threads = Array.from({ length: 40 }, (_, index) =>
    parked(100 + index, "", {
      wait: index === 39 ? { kind: "semaphore" } : { kind: "lock", ownerTids: [101 + index] },
    }));
  const { cause, tid, summary } = of(...threads);
  assertEquals([cause, tid], ["lock-wait", 139]);
  assertStringIncludes(summary, "which, through 33 more threads, waits for a lock, which thread 139 holds");
});
