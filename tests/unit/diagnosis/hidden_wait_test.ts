import { diagnose } from "../../../src/hooks/diagnosis/diagnose.ts";
import type { LockFacts, ProcessFacts, Wait } from "../../../src/hooks/facts.ts";
import type { Diagnosis } from "../../../src/sample_document.ts";
import { assertEquals, assertStringIncludes } from "../../support/assert.ts";
import {
  BUSY,
  facts,
  file,
  lock,
  pipe,
  process,
  task,
  tcp,
  thread,
  told,
} from "../../support/facts_builder.ts";

const CHILD = { kind: "child" } as const;
const PAUSE = { kind: "sleep", durationMs: 100 } as const;
const DATABASE = file(3, "file", "/srv/stock.db");

function verdict({ cause, confidence, pid }: Diagnosis): [string, string, number] {
  return [cause, confidence, pid];
}

/** A script that waits for two children: one that is traced, and the one that traces it. */
function traced(states: string, tracer: Partial<ProcessFacts> & { wait?: Wait }): Diagnosis {
  return diagnose(facts([
    process(100, { wait: CHILD }),
    process(101, { command: ["encode"], states, tracerPid: 102 }),
    process(102, { command: ["sampler"], ...tracer }),
  ]));
}

Deno.test("diagnose() blames the process that its tracer left stopped, when somebody waits for both", () => {
  const diagnosis = traced("ttt", { wait: PAUSE });
  assertEquals(verdict(diagnosis), ["stopped", "likely", 101]);
  assertStringIncludes(diagnosis.summary, "kept stopped by sampler (pid 102)");
  assertStringIncludes(diagnosis.advice ?? "", "PTRACE_DETACH");
});

Deno.test("diagnose() does not blame a traced process, when its tracer is at work", () => {
  assertEquals(traced("ttt", { wait: CHILD }).pid, 102);
  assertEquals(traced("ttt", BUSY).pid, 102);
  assertEquals(traced("tSt", { wait: PAUSE }).pid, 102);
  const states = "ttt";
  const stepped = process(100, { states, tracerPid: 7, threads: [thread(100, { states, wakeups: 90 })] });
  assertEquals(diagnose(facts([stepped])).cause, "unknown");
});

const TO_ITSELF = tcp(4, "ESTABLISHED", "127.0.0.1:4000", "127.0.0.1:80", [100]);
const ACCEPTED = tcp(8, "ESTABLISHED", "127.0.0.1:80", "127.0.0.1:4000", [100]);
const LISTENER = tcp(3, "LISTEN", "127.0.0.1:80");

function goProgram(...tasks: ReturnType<typeof task>[]): Diagnosis {
  const main = task(
    "1",
    { kind: "goroutine", language: "go", waitsFor: "something to read" },
    "main.main@a.go:9",
  );
  const fds = [LISTENER, TO_ITSELF, ACCEPTED];
  const wait = { kind: "futex", address: "0x1", shape: "other" } as const;
  return diagnose(facts([process(100, { wait, fds, tasks: [main, ...tasks] })]));
}

Deno.test("diagnose() goes on to the goroutine that serves, when a Go program asks itself", () => {
  const sends = task(
    "5",
    { kind: "goroutine", language: "go", waitsFor: "a channel" },
    "main.record@a.go:29",
  );
  const serves = task(
    "7",
    { kind: "goroutine", language: "go", waitsFor: "a sync.Mutex" },
    "main.summary@a.go:33",
    "net/http.(*conn).serve@/usr/lib/go/src/net/http/server.go:1991",
  );
  const diagnosis = goProgram(sends, serves);
  assertEquals(verdict(diagnosis), ["lock-wait", "likely", 100]);
  assertStringIncludes(diagnosis.summary, "main.summary");
  assertEquals(goProgram().cause, "net-read");
});

Deno.test("diagnose() goes on to the thread that serves, when a program asks itself", () => {
  const ledger = lock("0x2");
  const program = (holds: boolean, kind: "lock" | "queue") =>
    diagnose(facts([process(100, {
      fds: [LISTENER, TO_ITSELF, ACCEPTED],
      threads: [
        thread(100, { wait: { kind: "read", fd: 4 }, language: told({ holds: holds ? [ledger] : [] }) }),
        thread(101, {
          wait: { kind: "futex", address: "0x2", shape: "other" },
          language: told({ wait: { kind, on: ledger, ownerTids: holds ? [100] : [] } }),
        }),
      ],
    })]));
  assertEquals([...verdict(program(false, "lock")), program(false, "lock").tid], [
    "lock-wait",
    "likely",
    100,
    101,
  ]);
  assertEquals(verdict(program(true, "lock")), ["deadlock", "likely", 100]);
  assertEquals(program(false, "queue").cause, "net-read");
});

function held(mode: LockFacts["mode"]): LockFacts {
  return { type: "posix", mode, path: DATABASE.target, inode: 7, held: true };
}

function polls(rest: Partial<ProcessFacts> & { wait?: Wait }, mode: LockFacts["mode"] = "write"): Diagnosis {
  return diagnose(facts([
    process(100, { wait: CHILD }),
    process(101, { wait: { kind: "sleep", durationMs: 30_000 }, fds: [DATABASE], locks: [held(mode)] }),
    process(102, {
      threads: [thread(102, { wait: rest.wait ?? PAUSE, wakeups: 9 })],
      fds: [DATABASE],
      ...rest,
    }),
  ]));
}

Deno.test("diagnose() says file-lock, when a process pauses again and again with a file open that another one has locked", () => {
  const diagnosis = polls({});
  assertEquals(verdict(diagnosis), ["file-lock", "likely", 102]);
  assertStringIncludes(
    diagnosis.summary,
    "between tries for the lock on /srv/stock.db, which program (pid 101) holds",
  );
});

Deno.test("diagnose() says no file-lock, when the process sleeps for long, holds the lock too or could share it", () => {
  assertEquals(polls({ wait: { kind: "sleep", durationMs: 600_000 } }).cause, "sleep");
  assertEquals(polls({ locks: [held("write")] }).cause, "sleep");
  assertEquals(polls({ fds: [{ ...DATABASE, access: "read" }] }, "read").cause, "sleep");
  assertEquals(polls({ fds: [] }).cause, "sleep");
});

Deno.test("diagnose() names make's job server, when a script reads the pipe that it has inherited", () => {
  const tokens = [pipe(3, "read", 7, [100, 101]), pipe(4, "write", 7, [100, 101])];
  const poll: Wait = { kind: "poll", fds: [{ fd: 3, events: ["read"] }], epoll: false };
  const diagnosis = diagnose(facts([
    process(100, { name: "make", command: ["make", "-j2"], wait: CHILD, fds: tokens }),
    process(101, { command: ["perl", "pack.pl"], wait: poll, fds: tokens }),
  ]));
  assertEquals(verdict(diagnosis), ["pipe-read", "likely", 101]);
  assertStringIncludes(diagnosis.summary, "waits for a token of make's job server (--jobserver-auth");
  assertStringIncludes(diagnosis.advice ?? "", "did not put it back");
});
