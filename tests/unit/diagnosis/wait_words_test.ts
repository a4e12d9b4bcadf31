import { diagnose } from "../../../src/hooks/diagnosis/diagnose.ts";
import type { ProcessFacts, ThreadFacts, Wait } from "../../../src/hooks/facts.ts";
import type { Diagnosis } from "../../../src/sample_document.ts";
import { assert, assertEquals, assertStringIncludes } from "../../support/assert.ts";
import {
  awaitedLock,
  BUSY,
  facts,
  file,
  lock,
  pipe,
  process,
  stack,
  stackOf,
  thread,
  told,
} from "../../support/facts_builder.ts";

const FUTEX: Wait = { kind: "futex", address: "0x10", shape: "other" };

function of(process: ProcessFacts): Diagnosis {
  return diagnose(facts([process]));
}

function blockedIn(...frames: string[]): ThreadFacts[] {
  return [thread(100, { wait: FUTEX, stacks: [stack(...frames)] })];
}

for (
  const [words, ...frames] of [
    ["at a barrier that too few threads reach", "futex_wait", "pthread_barrier_wait", "solve@p.c:8"],
    ["for a semaphore that nobody posts", "__futex_abstimed_wait_common", "sem_wait", "take@p.c:8"],
    ["for a read-write lock (to write)", "__pthread_rwlock_wrlock_full64", "replace@p.c:8"],
    ["for a condition that no thread signals", "pthread_cond_wait", "await@p.c:8"],
  ] as const
) {
  Deno.test(`diagnose() says that it waits ${words}, when the C library's function shows it`, () => {
    assertStringIncludes(of(process(100, { threads: blockedIn(...frames) })).summary, `waits ${words}`);
  });
}

Deno.test("diagnose() names the event counter, when one is read that nobody raises", () => {
  const { cause, summary } = of(
    process(100, { wait: { kind: "read", fd: 3 }, fds: [file(3, "eventfd", "anon_inode:[eventfd]")] }),
  );
  assertEquals(cause, "lock-wait");
  assertStringIncludes(summary, "the event counter at descriptor 3 (eventfd), which nobody raises");
});

Deno.test("diagnose() names the spin lock, when a busy thread was seen in nothing else", () => {
  const threads = [thread(100, { ...BUSY, stacks: [stack("pthread_spin_lock", "record@s.c:8")] })];
  assertStringIncludes(
    of(process(100, { ...BUSY, threads })).summary,
    "burns CPU (99% of a core) trying to take a spin lock that is not released, at record (s.c:8)",
  );
});

Deno.test("diagnose() names the spin lock, when the machine leaves little of a core to the thread", () => {
  const threads = [thread(100, { states: "RRR", cpuPercent: 30, stacks: [stack("pthread_spin_lock")] })];
  assertStringIncludes(
    of(process(100, { states: "RRR", threads })).summary,
    "30% of a core trying to take a spin lock",
  );
});

Deno.test("diagnose() says that a lock may not be stuck, when its waiter woke up often", () => {
  const threads = [thread(100, { wait: FUTEX, sameSyscall: false, wakeups: 454 })];
  assertStringIncludes(of(process(100, { threads })).summary, "woke up 454 times while it was watched");
});

Deno.test("diagnose() says that a signal has come and is blocked, when one is pending", () => {
  const signals = { blocked: ["SIGALRM"], ignored: [], caught: ["SIGALRM"], pending: ["SIGALRM"] };
  const { evidence } = of(process(100, { wait: { kind: "sleep", durationMs: 3_600_000 }, signals }));
  assert(evidence.includes("The signal SIGALRM has come to it, but without effect: it blocks that signal"));
});

Deno.test("diagnose() says what a parent waits for, when its child was made by vfork", () => {
  const parent = [thread(100, { states: "DDD", wchan: "kernel_clone_vfork" })];
  const { chain } = diagnose(facts([
    process(100, { states: "DDD", threads: parent }),
    process(101, { wait: { kind: "sleep", durationMs: 900_000 } }),
  ]));
  assertStringIncludes(chain[0]!.waits, "to start a program (it was made by vfork) or exit");
});

Deno.test("diagnose() names one holder, when the waiting child has inherited the locked file", () => {
  const { summary, confidence, advice } = diagnose(facts([
    process(100, { command: ["bash", "nightly.sh"], wait: { kind: "child" } }),
    process(101, {
      command: ["flock", "x"],
      wait: { kind: "file-lock", fd: 3, type: "flock" },
      fds: [file(3, "file", "/x")],
      locks: [awaitedLock("/x", 100, 101)],
    }),
  ]));
  assertEquals(
    summary,
    "nightly.sh (pid 100) waits, through flock (pid 101), for the lock on /x, which nightly.sh (pid 100) holds: neither can go on",
  );
  assertEquals(confidence, "proven");
  assertStringIncludes(advice ?? "", "release what the child needs");
});

Deno.test("diagnose() advises to read both streams, when one side reads and the other writes", () => {
  const { cause, advice } = diagnose(facts([
    process(100, {
      wait: { kind: "read", fd: 5 },
      fds: [pipe(5, "read", 1, [101]), pipe(6, "read", 2, [101])],
    }),
    process(101, {
      wait: { kind: "write", fd: 2 },
      fds: [pipe(1, "write", 1, [100]), pipe(2, "write", 2, [100])],
    }),
  ]));
  assertEquals(cause, "deadlock");
  assertStringIncludes(advice ?? "", "Read both streams at the same time");
});

Deno.test("diagnose() says whose threads wait in words that fit, when the main thread is among them", () => {
  const { summary } = of(process(100, {
    threads: [
      thread(100, { wait: { kind: "futex", address: "0x1", ownerTid: 101, shape: "mutex" } }),
      thread(101, { wait: { kind: "futex", address: "0x2", ownerTid: 100, shape: "mutex" } }),
    ],
  }));
  assertStringIncludes(summary, "hangs: its main thread and thread 101 wait for each other's locks");
});

Deno.test("diagnose() says once that it waits, when an event loop reads a pipe", () => {
  const { summary } = diagnose(facts([process(100, {
    wait: { kind: "poll", fds: [{ fd: 3, events: ["read"] }], epoll: true },
    fds: [pipe(3, "read", 1, [7])],
  })]));
  assertStringIncludes(summary, "idles in its event loop and waits to read the pipe at descriptor 3");
});

Deno.test("diagnose() proves nothing that was inferred, when the system is not Linux", () => {
  const sleeper = process(100, { wait: { kind: "accept", fd: 3 } });
  assertEquals(diagnose(facts([sleeper], { os: "darwin" })).confidence, "likely");
  assertEquals(diagnose(facts([sleeper])).confidence, "proven");
});

Deno.test("diagnose() counts the threads that wait at the same place, when they wait for one thing", () => {
  const { evidence } = of(process(100, {
    threads: [thread(100, { wait: FUTEX }), thread(101, { wait: FUTEX }), thread(102, { wait: FUTEX })],
  }));
  assert(evidence.includes("2 other threads wait there too"), evidence.join("; "));
});

Deno.test("diagnose() names the interrupt last, when a program that waits for signals catches it as well", () => {
  const caught = ["SIGINT", "SIGUSR1"];
  const { summary, advice } = of(process(100, {
    wait: { kind: "signal", signals: caught },
    signals: { blocked: [], ignored: [], caught, pending: [] },
  }));
  assertStringIncludes(summary, "SIGUSR1, SIGINT");
  assertStringIncludes(advice ?? "", "kill -USR1 100");
});

Deno.test("diagnose() says that items of a queue are not done, when a thread joins the queue", () => {
  const waiting = thread(100, {
    wait: FUTEX,
    language: told({ name: "MainThread", wait: { kind: "queue", on: lock("0x1", "queue.Queue", "jobs") } }),
    stacks: [
      stackOf(
        "python",
        "Condition.wait@/usr/lib/python3.11/threading.py:320",
        "Queue.join@/usr/lib/python3.11/queue.py:90",
        "finish@q.py:9",
      ),
    ],
  });
  assertStringIncludes(
    of(process(100, { threads: [waiting] })).summary,
    "all items of jobs (queue.Queue) to be done",
  );
});
