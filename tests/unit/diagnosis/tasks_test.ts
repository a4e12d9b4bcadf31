import { diagnose } from "../../../src/hooks/diagnosis/diagnose.ts";
import type { FdFacts, ProcessFacts, Wait } from "../../../src/hooks/facts.ts";
import type { TaskFacts } from "../../../src/hooks/language_facts.ts";
import type { Diagnosis } from "../../../src/sample_document.ts";
import { assert, assertEquals, assertStringIncludes } from "../../support/assert.ts";
import { facts, file, lock, process, stackOf, task, tcp, thread, told } from "../../support/facts_builder.ts";

const EPOLL = file(3, "epoll", "anon_inode:[eventpoll]");
const CLIENT = tcp(6, "ESTABLISHED", "127.0.0.1:4000", "10.0.0.9:80");
const FUTEX: Wait = { kind: "futex", address: "0x10", shape: "other" };

function epoll(files: readonly FdFacts[], timeoutMs?: number): Wait {
  return { kind: "poll", epoll: true, timeoutMs, fds: files.map(({ fd }) => ({ fd, events: ["read"] })) };
}

/** A Python program whose loop waits for these files and runs these tasks. */
function looping(
  tasks: readonly TaskFacts[],
  { files = [], timeoutMs, ...rest }: Partial<ProcessFacts> & { files?: FdFacts[]; timeoutMs?: number } = {},
): ProcessFacts {
  return process(100, {
    command: ["python3", "ingest.py"],
    wait: epoll(files, timeoutMs),
    fds: [EPOLL, ...files],
    tasks,
    ...rest,
  });
}

function of(process: ProcessFacts): Diagnosis {
  return diagnose(facts([process]));
}

Deno.test("diagnose() names task, event and place, when a task waits for an event", () => {
  const { cause, confidence, summary, evidence } = of(looping([
    task("Task-1", { waitsFor: "Task-2", onIds: ["Task-2"] }, "main@ingest.py:40"),
    task(
      "Task-2",
      { waitsFor: "the asyncio.Event full" },
      "Event.wait@/usr/lib/python3.11/asyncio/locks.py:213",
      "drain_buffer@ingest.py:22",
    ),
  ]));
  assertEquals([cause, confidence], ["worker-wait", "likely"]);
  assertEquals(
    summary,
    "ingest.py (pid 100) idles in its event loop: its task Task-2 waits for the asyncio.Event full, " +
      "at drain_buffer (ingest.py:22)",
  );
  assert(evidence.includes("Its task Task-1 waits for Task-2, at main (ingest.py:40)"));
});

Deno.test("diagnose() says sleep, when the task at the end of a chain sleeps", () => {
  const { cause, summary } = of(looping([
    task("Task-1", { onIds: ["Task-2"] }, "main@ingest.py:40"),
    task("Task-2", { waitsFor: "asyncio.sleep(900)" }, "back_off@ingest.py:7"),
  ], { timeoutMs: 880_000 }));
  assertEquals(cause, "sleep");
  assertStringIncludes(
    summary,
    "a timer that is due in 14 min 40 s, in its task Task-2, at back_off (ingest.py:7)",
  );
});

Deno.test("diagnose() says net-read with the address, when a task reads a stream", () => {
  const { cause, summary } = of(looping([
    task("Task-1", { waitsFor: "an entry in an asyncio.Queue" }, "main@ingest.py:40"),
    task("Task-2", { waitsFor: "data from an asyncio.StreamReader" }, "fetch@ingest.py:12"),
  ], { files: [CLIENT] }));
  assertEquals(cause, "net-read");
  assertStringIncludes(summary, "data from 10.0.0.9:80, in its task Task-2, at fetch (ingest.py:12)");
});

Deno.test("diagnose() takes a connection for one that is kept open, when no task waits for anything outside", () => {
  const waits = task("Task-1", { waitsFor: "an asyncio.Event" }, "main@ingest.py:40");
  assertEquals(of(looping([waits], { files: [CLIENT] })).cause, "worker-wait");
  const unknown = task(
    "Task-1",
    { waitsFor: "an asyncio.Future that nothing has set yet" },
    "main@ingest.py:40",
  );
  assertEquals(of(looping([unknown], { files: [CLIENT] })).cause, "net-read");
});

Deno.test("diagnose() says net-accept, when tasks of a server wait beside its listening socket", () => {
  const server = tcp(5, "LISTEN", "127.0.0.1:8080");
  const main = task("Task-1", { waitsFor: "clients of an asyncio.Server" }, "serve@web.py:9");
  assertEquals(of(looping([main], { files: [server] })).cause, "net-accept");
});

Deno.test("diagnose() says deadlock, when tasks wait for each other", () => {
  const { cause, confidence, summary } = of(looping([
    task("Task-1", { onIds: ["Task-2"] }, "main@ingest.py:40"),
    task("Task-2", { waitsFor: "Task-3", onIds: ["Task-3"] }, "left@ingest.py:5"),
    task("Task-3", { waitsFor: "Task-2", onIds: ["Task-2"] }, "right@ingest.py:9"),
  ]));
  assertEquals([cause, confidence], ["deadlock", "likely"]);
  assertStringIncludes(summary, "hangs: its task Task-2 and task Task-3 wait for each other");
});

Deno.test("diagnose() blames the thread, when a task waits for its call", () => {
  const worker = thread(101, {
    wait: FUTEX,
    language: told({ name: "asyncio_0", wait: { kind: "latch", on: lock("0x1", "threading.Event") } }),
    stacks: [stackOf("python", "crunch@ingest.py:3")],
  });
  const diagnosis = of(
    looping([task("Task-1", { waitsFor: "a call in another thread" }, "main@ingest.py:40")], {
      threads: [thread(100, { wait: epoll([]) }), worker],
    }),
  );
  assertEquals([diagnosis.cause, diagnosis.tid], ["lock-wait", 101]);
});

Deno.test("diagnose() gives a fingerprint of the task's place, when ids, names and lines differ", () => {
  const print = (id: string, at: string): string =>
    of(looping([task(id, { waitsFor: "an asyncio.Event" }, at)])).fingerprint;
  assertEquals(print("Task-1", "drain@ingest.py:22"), print("Task-9", "drain@ingest.py:25"));
  assert(print("Task-1", "drain@ingest.py:22") !== print("Task-1", "fill@ingest.py:22"));
});

function goroutine(id: string, state: string, waitsFor: string, ...names: string[]): TaskFacts {
  return task(id, {
    kind: "goroutine",
    language: "go",
    name: id === "1" ? "main" : names.at(-1)!.split("@")[0]!,
    state,
    waitsFor,
  }, ...names);
}

/** A Go program: its threads idle in the runtime. */
function go(tasks: readonly TaskFacts[], files: readonly FdFacts[] = []): ProcessFacts {
  return process(100, {
    command: ["/tmp/fetch"],
    fds: [EPOLL, ...files],
    tasks,
    threads: [
      thread(100, { wait: FUTEX }),
      thread(101, { wait: epoll(files) }),
      thread(102, { wait: { kind: "sleep", durationMs: 10 }, wakeups: 90, sameSyscall: false }),
    ],
  });
}

const RECEIVES = goroutine(
  "1",
  "chan receive",
  "a value on a channel",
  "main.collect@fetch.go:12",
  "main.main@fetch.go:30",
);

Deno.test("diagnose() tells the main goroutine's wait, when all goroutines wait for each other", () => {
  const { cause, confidence, summary } = of(go([
    RECEIVES,
    goroutine("7", "chan send", "somebody to take a value from a channel", "main.work@fetch.go:20"),
  ]));
  assertEquals([cause, confidence], ["worker-wait", "likely"]);
  assertEquals(
    summary,
    "fetch (pid 100) waits for a value on a channel, in its main goroutine, at main.collect (fetch.go:12); " +
      "its other goroutine waits too, so that nobody in it is left who could end this wait",
  );
});

Deno.test("diagnose() says lock-wait, when the main goroutine waits for a lock or a group", () => {
  const mutex = goroutine(
    "1",
    "sync.Mutex.Lock",
    "a sync.Mutex",
    "sync.(*Mutex).Lock@/usr/lib/go-1.19/src/sync/mutex.go:9",
    "main.put@db.go:8",
  );
  assertEquals(of(go([mutex])).cause, "lock-wait");
  assertStringIncludes(
    of(go([mutex])).summary,
    "waits for a sync.Mutex, in its main goroutine, at main.put (db.go:8)",
  );
});

Deno.test("diagnose() says net-read, when a goroutine reads a socket for the others", () => {
  const reads = goroutine("8", "IO wait", "something to read", "main.fetch@fetch.go:44");
  const { cause, summary } = of(go([RECEIVES, reads], [CLIENT]));
  assertEquals(cause, "net-read");
  assertStringIncludes(summary, "10.0.0.9:80, in its goroutine 8 (main.fetch), at main.fetch (fetch.go:44)");
});

Deno.test("diagnose() passes over an open connection, when no goroutine waits for it", () => {
  assertEquals(of(go([RECEIVES], [CLIENT])).cause, "worker-wait");
});

Deno.test("diagnose() says sleep, when the main goroutine sleeps", () => {
  assertEquals(of(go([goroutine("1", "sleep", "the end of a sleep", "main.main@s.go:3")])).cause, "sleep");
});

Deno.test("diagnose() lets a call of a thread stand, when that waits by itself", () => {
  const waits = process(100, {
    command: ["/tmp/fetch"],
    tasks: [goroutine("1", "syscall", "the end of a child process", "main.main@s.go:3")],
    threads: [thread(100, { wait: FUTEX }), thread(101, { wait: { kind: "child", pid: 200 } })],
  });
  const child = process(200, { ppid: 100, name: "child", wait: { kind: "sleep", durationMs: 900_000 } });
  const { cause, pid } = diagnose(facts([waits, child]));
  assertEquals([cause, pid], ["sleep", 200]);
});

Deno.test("diagnose() says net-read at the connection, when goroutines of the library read for an exchange of HTTP", () => {
  const std = "/usr/lib/go-1.19/src/net/http/transport.go:9";
  const server = tcp(5, "LISTEN", "127.0.0.1:8080");
  const { cause, confidence, summary } = of(go([
    goroutine(
      "1",
      "select",
      "one of the cases of a select",
      `net/http.(*persistConn).roundTrip@${std}`,
      "main.get@m.go:6",
    ),
    goroutine("9", "IO wait", "something to read", `net/http.(*persistConn).readLoop@${std}`),
  ], [CLIENT, server]));
  assertEquals([cause, confidence], ["net-read", "likely"]);
  assertStringIncludes(
    summary,
    "waits for data from 10.0.0.9:80, in its main goroutine, at main.get (m.go:6)",
  );
});

Deno.test("diagnose() says deadlock, when a task waits for itself", () => {
  const { cause, summary } = of(looping([
    task("Task-1", { waitsFor: "the asyncio.Lock l, held by Task-1", onIds: ["Task-1"] }, "main@ingest.py:7"),
  ]));
  assertEquals(cause, "deadlock");
  assertStringIncludes(summary, "waits for the asyncio.Lock l, held by Task-1, which is itself, at main");
});

Deno.test("diagnose() looks at the tasks of the loop in question, when each thread has a loop of its own", () => {
  const { summary } = of(looping([
    task("Task-9", { tid: 101, waitsFor: "an asyncio.Queue" }, "other@ingest.py:3"),
    task("Task-1", { tid: 100, waitsFor: "an asyncio.Event" }, "main@ingest.py:40"),
  ]));
  assertStringIncludes(summary, "its task Task-1 waits for an asyncio.Event, at main");
});

Deno.test("diagnose() reads nothing into the words of a program, when these are an awaited expression", () => {
  const javascript = task("1", { language: "javascript", waitsFor: "mutex.Lock(client)" }, "main@sync.js:4");
  assertEquals(of(looping([javascript], { files: [CLIENT] })).cause, "net-read");
});
