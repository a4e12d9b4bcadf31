import { diagnose } from "../../../src/hooks/diagnosis/diagnose.ts";
import type { Diagnosis } from "../../../src/sample_document.ts";
import { assert, assertEquals, assertStringIncludes } from "../../support/assert.ts";
import { awaitedLock, BUSY, facts, file, pipe, process, tcp, thread } from "../../support/facts_builder.ts";

function verdict({ cause, confidence, pid }: Diagnosis): [string, string, number] {
  return [cause, confidence, pid];
}

function pids({ chain }: Diagnosis): number[] {
  return chain.map((link) => link.pid);
}

const ANY_CHILD = { kind: "child" } as const;
const SLEEP = { kind: "sleep", durationMs: 1_000_000 } as const;

Deno.test("diagnose() follows parents to the last child, when each waits for the next", () => {
  const diagnosis = diagnose(facts([
    process(100, { command: ["bash", "ci.sh"], wait: ANY_CHILD }),
    process(101, { command: ["perl", "plan.pl"], wait: { kind: "child", pid: 102 } }),
    process(102, { ppid: 101, ...BUSY }),
  ]));
  assertEquals(verdict(diagnosis), ["cpu-bound", "proven", 102]);
  assertEquals(pids(diagnosis), [100, 101, 102]);
  assertEquals(
    diagnosis.summary,
    "ci.sh waits, through plan.pl, for program (pid 102), which burns CPU (99% of a core)",
  );
});

Deno.test("diagnose() ends at the writer, when a pipeline waits for its first program", () => {
  const diagnosis = diagnose(facts([
    process(100, { command: ["sh", "-c", "sleep 1000 | cat"], wait: ANY_CHILD }),
    process(101, { command: ["sleep", "1000"], wait: SLEEP, fds: [pipe(1, "write", 5, [102])] }),
    process(102, { command: ["cat"], wait: { kind: "read", fd: 0 }, fds: [pipe(0, "read", 5, [101])] }),
  ]));
  assertEquals(verdict(diagnosis), ["sleep", "likely", 101]);
  assertEquals(pids(diagnosis), [100, 102, 101]);
});

Deno.test("diagnose() ends at the reader, when a pipeline waits for its last program", () => {
  const diagnosis = diagnose(facts([
    process(100, { wait: ANY_CHILD }),
    process(101, { command: ["yes"], wait: { kind: "write", fd: 1 }, fds: [pipe(1, "write", 5, [102])] }),
    process(102, { command: ["sleep", "1000"], wait: SLEEP, fds: [pipe(0, "read", 5, [101])] }),
  ]));
  assertEquals(verdict(diagnosis), ["sleep", "likely", 102]);
});

Deno.test("diagnose() chooses the child started last, when several could be waited for", () => {
  const diagnosis = diagnose(facts([
    process(100, { wait: ANY_CHILD }),
    process(101, { wait: SLEEP }),
    process(102, { command: ["flock"], wait: { kind: "signal", signals: ["SIGUSR1"] } }),
  ]));
  assertEquals(verdict(diagnosis), ["signal-wait", "likely", 102]);
  assert(diagnosis.evidence.some((text) => text.includes("other live children too: program (pid 101)")));
});

Deno.test("diagnose() passes over a server and an ended child, when they are siblings of the one that is waited for", () => {
  const diagnosis = diagnose(facts([
    process(100, { wait: ANY_CHILD }),
    process(101, { wait: SLEEP }),
    process(102, { wait: { kind: "accept", fd: 3 }, fds: [tcp(3, "LISTEN", "127.0.0.1:80")] }),
    process(103, { states: "ZZZ" }),
  ]));
  assertEquals(verdict(diagnosis), ["sleep", "likely", 101]);
});

Deno.test("diagnose() stays at the reader, when the writer is an idle server", () => {
  const diagnosis = diagnose(facts([
    process(100, { wait: { kind: "read", fd: 4 }, fds: [pipe(4, "read", 5, [101])] }),
    process(101, {
      command: ["perl", "agent.pl"],
      wait: { kind: "poll", fds: [{ fd: 3, events: ["read"] }, { fd: 6, events: ["read"] }], epoll: false },
      fds: [pipe(1, "write", 5, [100]), tcp(3, "LISTEN", "127.0.0.1:80"), tcp(6, "LISTEN", "127.0.0.1:81")],
    }),
  ]));
  assertEquals(verdict(diagnosis), ["pipe-read", "proven", 100]);
  assertStringIncludes(diagnosis.summary, "agent.pl (pid 101)");
  assert(
    diagnosis.evidence.some((text) => text.startsWith("agent.pl (pid 101) holds the writing end; it idles")),
  );
});

Deno.test("diagnose() says that the end cannot come, when the readers hold the write end themselves", () => {
  const ends = [pipe(3, "read", 5, [101, 102]), pipe(4, "write", 5, [101, 102])];
  const diagnosis = diagnose(facts([
    process(100, { wait: ANY_CHILD }),
    process(101, { name: "fan", wait: { kind: "read", fd: 3 }, fds: ends }),
    process(102, { name: "fan", wait: { kind: "read", fd: 3 }, fds: ends }),
  ]));
  assertEquals(verdict(diagnosis), ["pipe-read", "likely", 102]);
  assert(diagnosis.evidence.some((text) => text.includes("descriptor 4") && text.includes("never closed")));
});

Deno.test("diagnose() stays at the client and tells of the server, when the server is of the tree", () => {
  const diagnosis = diagnose(facts([
    process(100, {
      wait: { kind: "read", fd: 3 },
      fds: [tcp(3, "ESTABLISHED", "127.0.0.1:4000", "127.0.0.1:80", [101])],
    }),
    process(101, {
      command: ["db"],
      wait: SLEEP,
      fds: [tcp(4, "ESTABLISHED", "127.0.0.1:80", "127.0.0.1:4000", [100])],
    }),
  ]));
  assertEquals(verdict(diagnosis), ["net-read", "proven", 100]);
  assert(diagnosis.evidence.some((text) => text.startsWith("db (pid 101) is at the other end; it sleeps")));
});

Deno.test("diagnose() stays at the one that waits for a file lock, and tells of the holder", () => {
  const diagnosis = diagnose(facts([
    process(100, {
      wait: { kind: "file-lock", fd: 3, type: "posix" },
      fds: [file(3, "file", "/tmp/a.lock")],
      locks: [awaitedLock("/tmp/a.lock", 101)],
    }),
    process(101, { command: ["python3", "compact.py"], wait: SLEEP }),
  ]));
  assertEquals(verdict(diagnosis), ["file-lock", "proven", 100]);
  assertStringIncludes(diagnosis.summary, "which compact.py (pid 101) holds");
  assert(
    diagnosis.evidence.some((text) => text.startsWith("compact.py (pid 101) holds the lock; it sleeps")),
  );
});

Deno.test("diagnose() reads a fed standard input as a pipe, when its writer is of the tree", () => {
  const diagnosis = diagnose(facts([
    process(100, { wait: { kind: "child", pid: 101 }, fds: [pipe(5, "write", 8, [101])] }),
    process(101, { wait: { kind: "read", fd: 0 }, fds: [pipe(0, "read", 8, [100])] }),
  ]));
  assertEquals(verdict(diagnosis), ["pipe-read", "proven", 101]);
  assertStringIncludes(diagnosis.summary, "neither can go on");
});

Deno.test("diagnose() blames the holder of the output, when the started process has exited", () => {
  const diagnosis = diagnose(facts([
    process(150, { ppid: 1, wait: SLEEP, fds: [pipe(2, "read", 8)] }),
    process(151, { ppid: 1, command: ["node", "metrics.js"], wait: SLEEP, fds: [pipe(1, "write", 9)] }),
  ], { rootPid: 100, rootExited: true, outputPipes: ["pipe:[9]"] }));
  assertEquals(verdict(diagnosis), ["output-held", "proven", 151]);
  assertStringIncludes(diagnosis.summary, "metrics.js (pid 151) still holds its output open");
});

Deno.test("diagnose() tells what a leftover waits for, when the started process has exited and nobody holds its output", () => {
  const diagnosis = diagnose(
    facts([process(150, { ppid: 1, wait: SLEEP })], { rootPid: 100, rootExited: true }),
  );
  assertEquals(verdict(diagnosis), ["sleep", "proven", 150]);
});

Deno.test("diagnose() says unknown, when nothing is left", () => {
  const diagnosis = diagnose(facts([], { rootExited: true }));
  assertEquals(verdict(diagnosis), ["unknown", "guess", 100]);
  assertEquals(diagnosis.chain, []);
});

Deno.test("diagnose() says that the process ended meanwhile, when it is not in the last looks", () => {
  const { cause, summary } = diagnose(facts([process(100, { states: "S", incomplete: "it ended" })]));
  assertEquals(cause, "unknown");
  assertStringIncludes(summary, "program (pid 100) ended while it was looked at");
});

Deno.test("diagnose() proves nothing, when the blamed thread woke up while it was watched", () => {
  const moving = thread(100, { wait: { kind: "read", fd: 4 }, wakeups: 9 });
  const diagnosis = diagnose(facts([process(100, { threads: [moving], fds: [pipe(4, "read", 5, [7])] })]));
  assertEquals(verdict(diagnosis), ["pipe-read", "likely", 100]);
  assert(diagnosis.evidence.some((text) => text.includes("woke up 9 times")));
});

Deno.test("diagnose() says that it is still moving, when a busy process writes", () => {
  const io = { readBytes: 0, writtenBytes: 4096 };
  const diagnosis = diagnose(facts([process(100, { ...BUSY, io })]));
  assertEquals(verdict(diagnosis), ["cpu-bound", "likely", 100]);
  assertStringIncludes(diagnosis.summary, "slow, still moving");
});

Deno.test("diagnose() tells of the machine, when it is starved", () => {
  const starved = process(100, { states: "RRR", cpuPercent: 4 });
  const diagnosis = diagnose(facts([starved], { load: [40, 30, 20], pressure: { cpu: 90 } }));
  assertEquals(verdict(diagnosis), ["cpu-bound", "guess", 100]);
  assertStringIncludes(diagnosis.summary, "ready to run but gets only 4% of a core");
  assert(diagnosis.evidence.some((text) => text.includes("load of 40 on 4 processors")));
});

Deno.test("diagnose() ends, when recorded facts say that a process is its own ancestor", () => {
  const diagnosis = diagnose(facts([
    process(100, { ppid: 101, wait: ANY_CHILD }),
    process(101, { ppid: 100, wait: ANY_CHILD }),
  ]));
  assertEquals(diagnosis.confidence === "proven" && diagnosis.cause !== "deadlock", false);
});

Deno.test("diagnose() does not wait for a child, when it ended while it was looked at", () => {
  const gone = process(101, { states: "S", wait: SLEEP, incomplete: "it ended while it was looked at" });
  const diagnosis = diagnose(facts([process(100, { wait: ANY_CHILD }), process(102, BUSY), gone]));
  assertEquals(verdict(diagnosis), ["cpu-bound", "proven", 102]);
});

Deno.test("diagnose() says that the parent is not stuck, when the child was started a moment ago", () => {
  const diagnosis = diagnose(
    facts([process(100, { wait: ANY_CHILD }), process(101, { ageMs: 40, wait: SLEEP })]),
  );
  assert(diagnosis.evidence.some((text) => text.includes("started only 40 ms before")));
  assertEquals(diagnosis.confidence, "likely");
});

Deno.test("diagnose() calls a process at work unknown and unproven, when it was in the disk in each look and awake between", () => {
  const busy = thread(100, { states: "DDD", sameSyscall: false, wakeups: 3000 });
  const diagnosis = diagnose(facts([process(100, { threads: [busy] })]));
  assertEquals(verdict(diagnosis), ["unknown", "guess", 100]);
  assertStringIncludes(diagnosis.summary, "not stuck in one place");
});

Deno.test("diagnose() says that a connection was not accepted, when the listener of the tree still queues it", () => {
  const listener = (path: string, queued: number) =>
    file(3, "unix", "socket:[3]", {
      socket: { state: "LISTEN", local: path, receiveQueue: queued },
    });
  const client = file(4, "unix", "socket:[4]", {
    socket: { state: "CONNECTED", remote: "/run/a.sock" },
    ends: [],
  });
  const diagnosis = diagnose(facts([
    process(100, { wait: { kind: "read", fd: 4 }, fds: [client, listener("/run/a.sock", 1)] }),
  ]));
  assertEquals(verdict(diagnosis), ["pipe-read", "proven", 100]);
  assert(
    diagnosis.evidence.some((text) =>
      text.includes("1 connection waiting to be accepted; this connection was not")
    ),
  );
});
