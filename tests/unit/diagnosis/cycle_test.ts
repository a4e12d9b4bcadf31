import { diagnose } from "../../../src/hooks/diagnosis/diagnose.ts";
import type { Wait } from "../../../src/hooks/facts.ts";
import type { Diagnosis } from "../../../src/sample_document.ts";
import { assert, assertEquals, assertStringIncludes } from "../../support/assert.ts";
import { awaitedLock, BUSY, facts, file, pipe, process, stack, thread } from "../../support/facts_builder.ts";

function verdict({ cause, confidence, pid }: Diagnosis): [string, string, number] {
  return [cause, confidence, pid];
}

function mutex(address: string, ownerTid?: number): Wait {
  return { kind: "futex", address, ownerTid, shape: ownerTid === undefined ? "other" : "mutex" };
}

function join(tid: number): Wait {
  return { kind: "futex", address: "0x99", joinsTid: tid, shape: "join" };
}

const TO_CHILD = [pipe(4, "write", 1, [101]), pipe(5, "read", 2, [101])];
const TO_PARENT = [pipe(0, "read", 1, [100]), pipe(1, "write", 2, [100])];

Deno.test("diagnose() says deadlock, when two processes write to each other's full pipes", () => {
  const diagnosis = diagnose(facts([
    process(100, { command: ["python3", "convert.py"], wait: { kind: "write", fd: 4 }, fds: TO_CHILD }),
    process(101, { command: ["perl", "up.pl"], wait: { kind: "write", fd: 1 }, fds: TO_PARENT }),
  ]));
  assertEquals(verdict(diagnosis), ["deadlock", "proven", 100]);
  assertStringIncludes(diagnosis.summary, "convert.py (pid 100) and up.pl (pid 101) wait for each other");
  assertEquals(diagnosis.chain.map((link) => link.onPid), [101, 100]);
});

Deno.test("diagnose() says pipe-write at the child, when the parent waits for its exit before reading", () => {
  const diagnosis = diagnose(facts([
    process(100, { wait: { kind: "child", pid: 101 }, fds: TO_CHILD }),
    process(101, { name: "renderer", wait: { kind: "write", fd: 1 }, fds: TO_PARENT }),
  ]));
  assertEquals(verdict(diagnosis), ["pipe-write", "proven", 101]);
  assertStringIncludes(diagnosis.summary, "neither can go on");
  assertStringIncludes(diagnosis.advice ?? "", "before waiting for its exit");
});

Deno.test("diagnose() says deadlock, when two processes wait for each other's file locks", () => {
  const waits = (fd: number): Wait => ({ kind: "file-lock", fd, type: "flock" });
  const diagnosis = diagnose(facts([
    process(100, { wait: waits(3), fds: [file(3, "file", "/a")], locks: [awaitedLock("/a", 101)] }),
    process(101, { wait: waits(3), fds: [file(3, "file", "/b")], locks: [awaitedLock("/b", 100)] }),
  ]));
  assertEquals(verdict(diagnosis), ["deadlock", "proven", 100]);
});

Deno.test("diagnose() names those who hold and wait, when they wait through their children", () => {
  const waits = (fd: number): Wait => ({ kind: "file-lock", fd, type: "flock" });
  const { cause, summary, advice } = diagnose(facts([
    process(100, { command: ["flock", "b"], wait: { kind: "child" } }),
    process(102, {
      ppid: 100,
      wait: waits(3),
      fds: [file(3, "file", "/a")],
      locks: [awaitedLock("/a", 101)],
    }),
    process(101, { ppid: 100, command: ["flock", "a"], wait: { kind: "child" } }),
    process(103, {
      ppid: 101,
      wait: waits(3),
      fds: [file(3, "file", "/b")],
      locks: [awaitedLock("/b", 102)],
    }),
  ]));
  assertEquals(cause, "deadlock");
  assertStringIncludes(
    summary,
    "flock (pid 101) waits, through program (pid 103), for the lock on /b, which",
  );
  assertStringIncludes(advice ?? "", "same order");
});

Deno.test("diagnose() proves a deadlock of threads, when the owners of their mutexes were read", () => {
  const diagnosis = diagnose(facts([process(100, {
    threads: [
      thread(100, { wait: join(101) }),
      thread(101, {
        name: "east",
        wait: mutex("0x1", 102),
        stacks: [stack("__lll_lock_wait", "move@bank.c:9")],
      }),
      thread(102, {
        name: "west",
        wait: mutex("0x2", 101),
        stacks: [stack("__lll_lock_wait", "back@bank.c:7")],
      }),
    ],
  })]));
  assertEquals(verdict(diagnosis), ["deadlock", "proven", 100]);
  assertEquals(diagnosis.tid, 101);
  assertEquals(
    diagnosis.summary,
    `program (pid 100) hangs: its thread "east" (tid 101) and thread "west" (tid 102) wait for each other's locks, at move (bank.c:9) and back (bank.c:7)`,
  );
  assertEquals(
    diagnosis.evidence[0],
    `Thread "east" (tid 101) holds the mutex at 0x2 and waits for the mutex at 0x1, which thread "west" (tid 102) holds, ` +
      "at move (bank.c:9)",
  );
});

Deno.test("diagnose() says deadlock, when a thread waits for the mutex that it holds", () => {
  const diagnosis = diagnose(facts([process(100, { wait: mutex("0x1", 100) })]));
  assertEquals(verdict(diagnosis), ["deadlock", "proven", 100]);
  assertStringIncludes(diagnosis.summary, "holds it itself");
});

const CONTENDED = stack(
  "syscall",
  "std::sys::sync::mutex::futex::Mutex::lock_contended",
  "move_unit@grid.rs:14",
);

Deno.test("diagnose() holds a deadlock for likely, when only the stacks say that threads wait for two locks", () => {
  const movers = [
    thread(101, { name: "up", wait: mutex("0x1"), stacks: [CONTENDED] }),
    thread(102, { name: "down", wait: mutex("0x2"), stacks: [CONTENDED] }),
  ];
  const idle = thread(103, {
    name: "observer",
    wait: mutex("0x3"),
    stacks: [stack("syscall", "Thread::park")],
  });
  const deadlocked = diagnose(
    facts([process(100, { threads: [thread(100, { wait: join(101) }), ...movers, idle] })]),
  );
  assertEquals(verdict(deadlocked), ["deadlock", "likely", 100]);
  const sleeper = thread(104, { name: "holder", wait: { kind: "sleep", durationMs: 500 } });
  const released = diagnose(
    facts([process(100, { threads: [thread(100, { wait: join(101) }), ...movers, sleeper] })]),
  );
  assertEquals(released.cause, "lock-wait");
});

Deno.test("diagnose() sees no deadlock, when threads wait for the same lock", () => {
  const lockers = [101, 102].map((tid) => thread(tid, { wait: mutex("0x1"), stacks: [CONTENDED] }));
  const diagnosis = diagnose(
    facts([process(100, { threads: [thread(100, { wait: join(101) }), ...lockers] })]),
  );
  assertEquals(verdict(diagnosis), ["lock-wait", "likely", 100]);
});

Deno.test("diagnose() names the thread that is joined, when it burns CPU or waits for a condition", () => {
  const idle = [102, 103].map((tid) => thread(tid, { name: "renderer", wait: mutex("0x5") }));
  const main = thread(100, { wait: join(101) });
  const busy = diagnose(
    facts([
      process(100, { cpuPercent: 99, threads: [main, ...idle, thread(101, { name: "compactor", ...BUSY })] }),
    ]),
  );
  assertEquals([...verdict(busy), busy.tid], ["cpu-bound", "proven", 100, 101]);
  assertStringIncludes(busy.summary, `thread "compactor" (tid 101) to end, which burns CPU`);
  const waiting = diagnose(
    facts([
      process(100, { threads: [main, ...idle, thread(101, { name: "collector", wait: mutex("0x6") })] }),
    ]),
  );
  assertEquals([...verdict(waiting), waiting.tid], ["lock-wait", "likely", 100, 101]);
});

Deno.test("diagnose() looks at other threads, when the main thread waits for a lock", () => {
  const diagnosis = diagnose(facts([process(100, {
    fds: [file(7, "fifo", "/tmp/x")],
    threads: [
      thread(100, { wait: mutex("0x1") }),
      thread(101, { name: "idle", wait: mutex("0x2") }),
      thread(102, { name: "loader", wait: { kind: "open", path: "/tmp/x", mode: "read" } }),
    ],
  })]));
  assertEquals([...verdict(diagnosis), diagnosis.tid], ["fifo-open", "likely", 100, 102]);
  assert(diagnosis.evidence.some((text) => text.startsWith("Its main thread only waits for other threads")));
});

Deno.test("diagnose() closes no cycle, when others wait for the thread that the main thread waits for", () => {
  const diagnosis = diagnose(facts([process(100, {
    threads: [
      thread(100, { wait: join(101) }),
      thread(101, { name: "holder", wait: mutex("0x1") }),
      thread(102, { name: "second", wait: mutex("0x2", 101) }),
      thread(103, { name: "third", wait: mutex("0x3", 102) }),
    ],
  })]));
  assertEquals([...verdict(diagnosis), diagnosis.tid], ["lock-wait", "likely", 100, 101]);
});

Deno.test("diagnose() says no deadlock, when threads that seem to wait in a circle were awake in between", () => {
  const circles: readonly Wait[][] = [[mutex("0x1", 101)], [mutex("0x1", 102), mutex("0x2", 101)]];
  for (const waits of circles) {
    const of = (wakeups: number): string => {
      const others = waits.map((wait, index) => thread(101 + index, { wait, wakeups }));
      return diagnose(facts([process(100, { threads: [thread(100, { wait: join(101) }), ...others] })]))
        .cause;
    };
    assertEquals([of(0), of(50) === "deadlock"], ["deadlock", false]);
  }
});
