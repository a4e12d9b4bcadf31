import { diagnose } from "../../../src/hooks/diagnosis/diagnose.ts";
import type { ProcessFacts } from "../../../src/hooks/facts.ts";
import type { Cause } from "../../../src/sample_document.ts";
import { assertEquals, assertStringIncludes } from "../../support/assert.ts";
import {
  awaitedLock,
  BUSY,
  facts,
  file,
  pipe,
  process,
  stack,
  tcp,
  thread,
} from "../../support/facts_builder.ts";

/** One process alone: the cause, how sure it is, and what the sentence must name. */
const CASES: readonly [string, ProcessFacts, Cause, string, ...string[]][] = [
  ["a core is used", process(100, BUSY), "cpu-bound", "proven", "99%"],
  ["it is stopped", process(100, { states: "TTT" }), "stopped", "proven", "stopped by a signal"],
  ["it sleeps", process(100, { wait: { kind: "sleep", durationMs: 900_000 } }), "sleep", "proven", "15 min"],
  [
    "it waits for signals of a set",
    process(100, { wait: { kind: "signal", signals: ["SIGUSR2", "SIGHUP"] } }),
    "signal-wait",
    "proven",
    "SIGUSR2, SIGHUP",
  ],
  [
    "it pauses and handles one signal",
    process(100, {
      wait: { kind: "signal", signals: [] },
      signals: { blocked: ["SIGINT"], ignored: [], caught: ["SIGUSR1", "SIGINT"], pending: [] },
    }),
    "signal-wait",
    "proven",
    "the signal SIGUSR1",
  ],
  [
    "standard input is a pipe from outside",
    process(100, { wait: { kind: "read", fd: 0 }, fds: [pipe(0, "read", 1, [7])] }),
    "stdin-wait",
    "proven",
    "standard input",
  ],
  [
    "a copy of standard input is read",
    process(100, {
      wait: { kind: "read", fd: 5 },
      fds: [pipe(0, "read", 1, [7]), pipe(5, "read", 1, [7])],
    }),
    "stdin-wait",
    "proven",
  ],
  [
    "the terminal is read",
    process(100, { wait: { kind: "read", fd: 3 }, fds: [file(3, "terminal", "/dev/pts/4")] }),
    "stdin-wait",
    "proven",
    "/dev/pts/4",
  ],
  [
    "a pipe from outside is read",
    process(100, { wait: { kind: "read", fd: 4 }, fds: [pipe(4, "read", 2, [7])] }),
    "pipe-read",
    "proven",
    "descriptor 4",
    "pid 7",
  ],
  [
    "its output is not taken",
    process(100, { wait: { kind: "write", fd: 1 }, fds: [pipe(1, "write", 2, [7])] }),
    "pipe-write",
    "proven",
    "full pipe",
  ],
  [
    "a FIFO has no reader",
    process(100, { wait: { kind: "open", path: "/tmp/a.fifo", mode: "write" } }),
    "fifo-open",
    "proven",
    "/tmp/a.fifo",
    "nobody opens to read",
  ],
  [
    "a file is locked from outside",
    process(100, {
      wait: { kind: "file-lock", fd: 3, type: "flock" },
      fds: [file(3, "file", "/tmp/a.lock")],
      locks: [awaitedLock("/tmp/a.lock", 7)],
    }),
    "file-lock",
    "proven",
    "/tmp/a.lock",
    "pid 7",
  ],
  [
    "a connection is being made",
    process(100, {
      wait: { kind: "connect", fd: 3 },
      fds: [tcp(3, "SYN_SENT", "10.0.0.1:4000", "10.0.0.2:5432")],
    }),
    "net-connect",
    "proven",
    "10.0.0.2:5432",
  ],
  [
    "an answer does not come",
    process(100, {
      wait: { kind: "read", fd: 3 },
      fds: [tcp(3, "ESTABLISHED", "127.0.0.1:4000", "127.0.0.1:5432", [7])],
    }),
    "net-read",
    "proven",
    "127.0.0.1:5432",
  ],
  [
    "one connection is polled",
    process(100, {
      wait: { kind: "poll", fds: [{ fd: 3, events: ["read", "write"] }], epoll: false, timeoutMs: 30_000 },
      fds: [tcp(3, "ESTABLISHED", "127.0.0.1:4000", "127.0.0.1:5432", [7])],
    }),
    "net-read",
    "likely",
    "30 s at most",
  ],
  [
    "a server has no client",
    process(100, { wait: { kind: "accept", fd: 3 }, fds: [tcp(3, "LISTEN", "127.0.0.1:80")] }),
    "net-accept",
    "proven",
    "127.0.0.1:80",
  ],
  ["a disk does not answer", process(100, { states: "DDD" }), "disk-wait", "proven", "uninterruptible"],
  [
    "a semaphore is not posted",
    process(100, { wait: { kind: "futex", address: "0x1", shape: "other" } }),
    "lock-wait",
    "likely",
  ],
  [
    "files are watched",
    process(100, {
      wait: { kind: "read", fd: 3 },
      fds: [file(3, "inotify", "inotify", { watches: ["/src"] })],
    }),
    "child-wait",
    "proven",
    "inotify",
    "/src",
  ],
  ["nothing is known of the wait", process(100), "unknown", "guess"],
];

for (const [when, subject, cause, confidence, ...names] of CASES) {
  Deno.test(`diagnose() says ${cause}, when ${when}`, () => {
    const diagnosis = diagnose(facts([subject]));
    assertEquals([diagnosis.cause, diagnosis.confidence, diagnosis.pid], [cause, confidence, 100]);
    for (const name of names) assertStringIncludes(diagnosis.summary, name);
    assertEquals(diagnosis.chain.length, 1);
  });
}

Deno.test("diagnose() names the place in the source, when the stack shows it", () => {
  const own = thread(100, {
    wait: { kind: "read", fd: 4 },
    stacks: [stack("__GI___libc_read", "read_jobs@src/fan.c:18", "worker@src/fan.c:30", "main@src/fan.c:40")],
  });
  const diagnosis = diagnose(facts([process(100, { threads: [own], fds: [pipe(4, "read", 2, [7])] })]));
  assertStringIncludes(diagnosis.summary, "at read_jobs (fan.c:18)");
});

Deno.test("diagnose() leaves an interpreter's own functions out, when only its native stack is known", () => {
  const own = thread(100, {
    wait: { kind: "sleep" },
    stacks: [stack("select", "pysleep", "_PyEval@ceval.c:1")],
  });
  const diagnosis = diagnose(facts([process(100, { command: ["python3", "a.py"], threads: [own] })]));
  assertEquals(diagnosis.summary, "a.py (pid 100) sleeps");
});

Deno.test("diagnose() names the debugger, when it stopped the process", () => {
  const diagnosis = diagnose(facts([process(100, { states: "ttt", tracerPid: 55 })]));
  assertEquals([diagnosis.cause, diagnosis.summary], [
    "stopped",
    "program (pid 100) is stopped by a debugger (pid 55)",
  ]);
});

Deno.test("diagnose() names the parent that does not ask, when the process has ended already", () => {
  const { cause, summary, advice } = diagnose(
    facts([process(100, { ppid: 90, states: "ZZZ", name: "job" })], {
      outsiders: [{ pid: 90, name: "runner", command: ["runner"] }],
    }),
  );
  assertEquals(cause, "unknown");
  assertStringIncludes(
    summary,
    "has ended already; what is left of it waits until its parent runner (pid 90",
  );
  assertStringIncludes(advice ?? "", "prekill sample 90");
});
