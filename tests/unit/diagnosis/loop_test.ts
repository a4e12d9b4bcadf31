import { diagnose } from "../../../src/hooks/diagnosis/diagnose.ts";
import type { FdFacts, ProcessFacts } from "../../../src/hooks/facts.ts";
import type { Cause, Diagnosis } from "../../../src/sample_document.ts";
import { assertEquals, assertStringIncludes } from "../../support/assert.ts";
import { facts, file, pipe, process, tcp } from "../../support/facts_builder.ts";

const WAKER = file(20, "eventfd", "anon_inode:[eventfd]");

/** A process in an event loop over these files. */
function loop(pid: number, fds: readonly FdFacts[], timeoutMs?: number): ProcessFacts {
  const watched = [...fds, WAKER];
  return process(pid, {
    command: ["node", `loop${pid}.js`],
    wait: {
      kind: "poll",
      epoll: true,
      timeoutMs,
      fds: watched.map(({ fd }) => ({ fd, events: ["read"] as const })),
    },
    fds: watched,
  });
}

function verdict({ cause, confidence, pid }: Diagnosis): [string, string, number] {
  return [cause, confidence, pid];
}

const LISTENER = tcp(10, "LISTEN", "127.0.0.1:80");
const CLIENT = tcp(11, "ESTABLISHED", "127.0.0.1:4000", "127.0.0.1:5432", [7]);

const CASES: readonly [string, ProcessFacts, Cause, string, string][] = [
  ["nothing else wakes it", loop(100, []), "worker-wait", "guess", "a promise that does not come"],
  ["only a timer is set", loop(100, [], 3_540_000), "sleep", "likely", "59 min"],
  ["it has one connection", loop(100, [CLIENT], 5000), "net-read", "likely", "127.0.0.1:5432"],
  ["it listens", loop(100, [LISTENER]), "net-accept", "likely", "127.0.0.1:80"],
  ["it listens and keeps a connection", loop(100, [LISTENER, CLIENT]), "net-accept", "guess", "127.0.0.1:80"],
  [
    "it reads its standard input",
    loop(100, [pipe(0, "read", 3, [7])]),
    "stdin-wait",
    "likely",
    "standard input",
  ],
  [
    "it connects",
    loop(100, [tcp(9, "SYN_SENT", "10.0.0.1:1", "10.0.0.2:80")]),
    "net-connect",
    "likely",
    "10.0.0.2:80",
  ],
  [
    "it watches files",
    loop(100, [file(9, "inotify", "inotify", { watches: ["/src"] })]),
    "child-wait",
    "likely",
    "/src",
  ],
  [
    "a pipe to itself is all it has",
    loop(100, [pipe(8, "read", 4, [100])]),
    "worker-wait",
    "guess",
    "message",
  ],
];

for (const [when, subject, cause, confidence, name] of CASES) {
  Deno.test(`diagnose() says ${cause} of an event loop, when ${when}`, () => {
    const diagnosis = diagnose(facts([subject]));
    assertEquals(verdict(diagnosis), [cause, confidence, 100]);
    assertStringIncludes(diagnosis.summary, name);
  });
}

const SLEEPING = { wait: { kind: "sleep", durationMs: 900_000 } } as const;

Deno.test("diagnose() follows an event loop to its child, when it holds a pipe or pidfd of it", () => {
  for (const handle of [pipe(9, "read", 5, [101]), file(9, "pidfd", "pidfd", { pid: 101 })]) {
    const diagnosis = diagnose(facts([loop(100, [handle]), process(101, SLEEPING)]));
    assertEquals(verdict(diagnosis), ["sleep", "likely", 101]);
  }
});

Deno.test("diagnose() follows an event loop to its child, when it holds nothing of it", () => {
  assertEquals(verdict(diagnose(facts([loop(100, []), process(101, SLEEPING)]))), ["sleep", "likely", 101]);
});

Deno.test("diagnose() stays at the connection, when the child at its other end is a server", () => {
  const connection = tcp(11, "ESTABLISHED", "127.0.0.1:4000", "127.0.0.1:80", [101]);
  const diagnosis = diagnose(
    facts([loop(100, [connection, pipe(9, "read", 5, [101])]), loop(101, [LISTENER])]),
  );
  assertEquals(verdict(diagnosis), ["net-read", "likely", 100]);
  assertStringIncludes(diagnosis.summary, "loop101.js (pid 101)");
});

Deno.test("diagnose() says pipe-write at the child, when an event loop waits for its exit and reads nothing", () => {
  const diagnosis = diagnose(facts([
    loop(100, [file(9, "pidfd", "pidfd", { pid: 101 }), pipe(8, "read", 5, [101])]),
    process(101, { wait: { kind: "write", fd: 1 }, fds: [pipe(1, "write", 5, [100])] }),
  ]));
  assertEquals(verdict(diagnosis), ["pipe-write", "likely", 101]);
  assertStringIncludes(diagnosis.summary, "neither can go on");
});

Deno.test("diagnose() calls no deadlock, when two event loops are each other's clients", () => {
  const one = tcp(11, "ESTABLISHED", "127.0.0.1:1", "127.0.0.1:2", [101]);
  const other = tcp(11, "ESTABLISHED", "127.0.0.1:2", "127.0.0.1:1", [100]);
  const diagnosis = diagnose(facts([loop(100, [one]), loop(101, [other])]));
  assertEquals(diagnosis.cause, "net-read");
});

Deno.test("diagnose() follows node --test to its test, when that keeps a server open and the runner has a timer", () => {
  const runner: ProcessFacts = { ...loop(100, [], 8000), command: ["node", "--test"] };
  const test: ProcessFacts = { ...loop(101, [LISTENER]), ppid: 100 };
  assertEquals(verdict(diagnose(facts([runner, test]))), ["net-accept", "likely", 101]);
  const service: ProcessFacts = { ...loop(100, [], 8000), command: ["node", "start.js"] };
  assertEquals(verdict(diagnose(facts([service, test]))), ["sleep", "likely", 100]);
});
