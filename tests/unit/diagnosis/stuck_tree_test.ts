/** Trees in which one of several processes keeps the others waiting. */
import { diagnose } from "../../../src/hooks/diagnosis/diagnose.ts";
import type { FdFacts, ProcessFacts } from "../../../src/hooks/facts.ts";
import type { Diagnosis } from "../../../src/sample_document.ts";
import { assert, assertEquals, assertStringIncludes } from "../../support/assert.ts";
import {
  awaitedLock,
  facts,
  file,
  pipe,
  process,
  stackOf,
  task,
  tcp,
  thread,
  told,
} from "../../support/facts_builder.ts";

function verdict({ cause, pid }: Diagnosis): [string, number] {
  return [cause, pid];
}

interface LoopSketch {
  readonly events?: readonly ("read" | "write")[];
  readonly isEdge?: boolean;
}

/** A process in an event loop over these files. */
function loop(
  pid: number,
  fds: readonly FdFacts[],
  { events = ["read"], isEdge }: LoopSketch = {},
): ProcessFacts {
  return process(pid, {
    command: ["node", `loop${pid}.js`],
    wait: { kind: "poll", epoll: true, fds: fds.map(({ fd }) => ({ fd, events, isEdge })) },
    fds,
  });
}

const SLEEP = { kind: "sleep", durationMs: 900_000 } as const;
const FUTEX = { kind: "futex", address: "0x1", shape: "other" } as const;
const LOCK = { kind: "file-lock", fd: 3, type: "flock" } as const;
const BOTH = ["read", "write"] as const;
const TO_SERVER = tcp(5, "ESTABLISHED", "127.0.0.1:4000", "127.0.0.1:80", [101]);
const TO_CLIENT = tcp(6, "ESTABLISHED", "127.0.0.1:80", "127.0.0.1:4000", [100]);
const LISTENER = tcp(3, "LISTEN", "127.0.0.1:80");

function queued(socket: FdFacts, queues: { sendQueue?: number; receiveQueue?: number }): FdFacts {
  return { ...socket, socket: { ...socket.socket!, ...queues } };
}

Deno.test("diagnose() says pipe-write of an event loop, when it asks for room at a connection", () => {
  const diagnosis = diagnose(
    facts([loop(100, [TO_SERVER], { events: BOTH }), loop(101, [LISTENER, TO_CLIENT])]),
  );
  assertEquals(verdict(diagnosis), ["pipe-write", 100]);
  assertStringIncludes(diagnosis.summary, "waits to send data to 127.0.0.1:80 (loop101.js (pid 101))");
});

Deno.test("diagnose() says pipe-write of an event loop that always asks for room, when something is not taken", () => {
  const server = loop(101, [LISTENER, TO_CLIENT]);
  const waits = (sendQueue: number) =>
    verdict(
      diagnose(
        facts([loop(100, [queued(TO_SERVER, { sendQueue })], { events: BOTH, isEdge: true }), server]),
      ),
    );
  assertEquals(waits(0), ["net-read", 100]);
  assertEquals(waits(90_000), ["pipe-write", 100]);
});

Deno.test("diagnose() goes on to the child, when a loop keeps an end of its input open and it reads that", () => {
  const parent = loop(100, [pipe(9, "write", 5, [101])], { events: ["write"], isEdge: true });
  const reader = process(101, { wait: { kind: "read", fd: 0 }, fds: [pipe(0, "read", 5, [100])] });
  assertEquals(verdict(diagnose(facts([parent, reader]))), ["pipe-read", 101]);
});

const CHILD_ENDS = [pipe(1, "write", 1, [100]), pipe(2, "write", 2, [100])];
const PARENT_ENDS = [pipe(4, "read", 1, [101]), pipe(5, "read", 2, [101])];

Deno.test("diagnose() blames the one that writes, when its parent reads another of its streams first", () => {
  const parent = process(100, { wait: { kind: "read", fd: 4 }, fds: PARENT_ENDS });
  const writer = process(101, { wait: { kind: "write", fd: 2 }, fds: CHILD_ENDS });
  const diagnosis = diagnose(facts([parent, writer]));
  assertEquals(verdict(diagnosis), ["deadlock", 101]);
  assertStringIncludes(diagnosis.summary, "descriptor 2 (stderr)");
  const fromLoop = diagnose(facts([parent, loop(101, [CHILD_ENDS[1]!], { events: ["write"] })]));
  assertEquals(verdict(fromLoop), ["deadlock", 101]);
  assertEquals(fromLoop.confidence, "likely");
});

Deno.test("diagnose() blames the one that wants a lock, when the parent that holds it reads its output", () => {
  const diagnosis = diagnose(facts([
    process(100, { wait: { kind: "read", fd: 4 }, fds: PARENT_ENDS }),
    process(101, {
      wait: LOCK,
      fds: [...CHILD_ENDS, file(3, "file", "/a")],
      locks: [awaitedLock("/a", 100)],
    }),
  ]));
  assertEquals(verdict(diagnosis), ["deadlock", 101]);
});

Deno.test("diagnose() blames the far end, when both of two processes read", () => {
  const diagnosis = diagnose(facts([
    process(100, {
      wait: { kind: "read", fd: 4 },
      fds: [pipe(4, "read", 1, [101]), pipe(7, "write", 3, [101])],
    }),
    process(101, {
      wait: { kind: "read", fd: 0 },
      fds: [pipe(0, "read", 3, [100]), pipe(1, "write", 1, [100])],
    }),
  ]));
  assertEquals(verdict(diagnosis), ["deadlock", 101]);
});

Deno.test("diagnose() finds the one stuck worker of a pool, when the others wait for work or for their turn", () => {
  const jobs = pipe(6, "read", 9, [100]);
  const results = pipe(7, "write", 8, [100]);
  const frames = (...names: string[]) => [stackOf("python", ...names)];
  const worker = (pid: number, rest: Partial<Parameters<typeof thread>[1]>): ProcessFacts =>
    process(pid, { command: ["python3", "pool.py"], fds: [jobs, results], threads: [thread(pid, rest)] });
  const diagnosis = diagnose(facts([
    process(100, {
      command: ["python3", "pool.py"],
      wait: { kind: "read", fd: 4 },
      fds: [pipe(4, "read", 8, [101, 102, 103])],
    }),
    worker(101, {
      wait: FUTEX,
      stacks: frames("load@pool.py:3", "worker@pool.py:9"),
      language: told({ wait: { kind: "lock" } }),
    }),
    worker(102, {
      wait: { kind: "read", fd: 6 },
      stacks: frames("recv@c.py:1", "get@q.py:2", "worker@pool.py:9"),
    }),
    worker(103, {
      wait: FUTEX,
      stacks: frames("get@q.py:1", "worker@pool.py:9"),
      language: told({ wait: { kind: "lock" } }),
    }),
  ]));
  assertEquals(verdict(diagnosis), ["lock-wait", 101]);
});

Deno.test("diagnose() says worker-wait, when a loop wakes up by itself and a worker thread waits without a limit", () => {
  const waker = file(4, "eventfd", "anon_inode:[eventfd]");
  const main = thread(100, {
    wait: { kind: "poll", epoll: true, fds: [{ fd: 4, events: ["read"] }], timeoutMs: 1000 },
  });
  const inTree = (...others: ReturnType<typeof thread>[]) =>
    diagnose(facts([process(100, { fds: [waker], threads: [main, ...others] })]));
  assertEquals(inTree(thread(101, { name: "Worker", wait: FUTEX })).cause, "worker-wait");
  assertEquals(
    inTree(thread(101, { name: "scavenger", wait: { ...FUTEX, timeoutMs: 30_000 } })).cause,
    "sleep",
  );
});

Deno.test("diagnose() says lock-wait, when a plain poll waits for an event counter of its own process", () => {
  const diagnosis = diagnose(facts([process(100, {
    fds: [file(3, "eventfd", "anon_inode:[eventfd]")],
    wait: { kind: "poll", epoll: false, fds: [{ fd: 3, events: ["read"] }] },
  })]));
  assertEquals(verdict(diagnosis), ["lock-wait", 100]);
});

Deno.test("diagnose() prefers the main goroutine's wait, when another one only looks for input", () => {
  const goroutine = (id: string, waitsFor: string, ...names: string[]) =>
    task(id, { kind: "goroutine", language: "go", name: id, waitsFor }, ...names);
  const reader = thread(100, { wait: { kind: "read", fd: 0 } });
  const program = (...others: ReturnType<typeof goroutine>[]) =>
    diagnose(facts([process(100, {
      threads: [reader],
      fds: [pipe(0, "read", 1, [7])],
      tasks: [
        goroutine("main", "a sync.WaitGroup", "main.main@main.go:31"),
        goroutine("18", "input or output", "main.readKeys@main.go:12"),
        ...others,
      ],
    })]));
  assertEquals(program(goroutine("19", "a channel", "main.work@main.go:18")).cause, "lock-wait");
  const alone = program();
  assertEquals([alone.cause, alone.confidence], ["stdin-wait", "likely"]);
});

Deno.test("diagnose() names the virtual thread, when the main thread of a Java program only waits for others", () => {
  const virtual = (id: string, waitsFor: string) =>
    task(id, { kind: "virtual-thread", language: "java", waitsFor }, `App.${id}@App.java:9`);
  const diagnosis = diagnose(facts([process(100, {
    threads: [thread(100, { wait: FUTEX, language: told({ language: "java", wait: { kind: "future" } }) })],
    tasks: [
      virtual("idle", "an item of a java.util.concurrent.LinkedBlockingQueue"),
      virtual("naps", "the end of its sleep"),
    ],
  })]));
  assertEquals(verdict(diagnosis), ["sleep", 100]);
  assert(diagnosis.evidence.some((text) => text.includes("virtual thread naps")));
});

Deno.test("diagnose() gives another fingerprint, when another program waits for the same thing", () => {
  const sleeper = process(101, { command: ["sleep", "1000"], wait: SLEEP });
  const of = (command: string): string =>
    diagnose(facts([process(100, { command: [command], wait: { kind: "child" } }), sleeper])).fingerprint;
  assert(of("deploy") !== of("backup"));
  assertEquals(of("deploy"), of("deploy"));
});
