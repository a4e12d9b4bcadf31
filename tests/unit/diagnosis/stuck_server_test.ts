import { diagnose } from "../../../src/hooks/diagnosis/diagnose.ts";
import type { FdFacts } from "../../../src/hooks/facts.ts";
import type { Diagnosis } from "../../../src/sample_document.ts";
import { assertEquals } from "../../support/assert.ts";
import { awaitedLock, facts, file, process, tcp, thread, told } from "../../support/facts_builder.ts";

function verdict({ cause, pid }: Diagnosis): [string, number] {
  return [cause, pid];
}

const SLEEP = { kind: "sleep", durationMs: 900_000 } as const;
const FUTEX = { kind: "futex", address: "0x1", shape: "other" } as const;
const LOCK = { kind: "file-lock", fd: 3, type: "flock" } as const;
const TO_SERVER = tcp(5, "ESTABLISHED", "127.0.0.1:4000", "127.0.0.1:80", [101]);
const TO_CLIENT = tcp(6, "ESTABLISHED", "127.0.0.1:80", "127.0.0.1:4000", [100]);
const LISTENER = tcp(3, "LISTEN", "127.0.0.1:80");

function queued(socket: FdFacts, queues: { sendQueue?: number; receiveQueue?: number }): FdFacts {
  return { ...socket, socket: { ...socket.socket!, ...queues } };
}

const LOOP = process(100, {
  wait: { kind: "poll", epoll: true, fds: [{ fd: 5, events: ["read"] }] },
  fds: [TO_SERVER],
});
const CLIENT = process(100, { wait: { kind: "read", fd: 5 }, fds: [TO_SERVER] });

Deno.test("diagnose() goes on to a server of the tree, when that waits for something itself", () => {
  const locked = process(101, {
    wait: LOCK,
    fds: [LISTENER, TO_CLIENT, file(4, "file", "/ledger")],
    locks: [awaitedLock("/ledger", 7)],
  });
  assertEquals(verdict(diagnose(facts([CLIENT, locked]))), ["file-lock", 101]);
  assertEquals(verdict(diagnose(facts([LOOP, locked]))), ["file-lock", 101]);
});

Deno.test("diagnose() goes on to the thread of a server that is stuck, when its main thread serves", () => {
  const diagnosis = diagnose(facts([
    CLIENT,
    process(101, {
      fds: [LISTENER, TO_CLIENT],
      threads: [
        thread(101, { wait: { kind: "accept", fd: 3 } }),
        thread(102, { wait: FUTEX, language: told({ wait: { kind: "lock" } }) }),
        thread(103, { wait: FUTEX, language: told({ wait: { kind: "queue" } }) }),
      ],
    }),
  ]));
  assertEquals([...verdict(diagnosis), diagnosis.tid], ["lock-wait", 101, 102]);
  assertEquals(diagnosis.confidence, "likely");
});

Deno.test("diagnose() stays at the client, when the server only serves or has not read the request", () => {
  const serves = process(101, {
    fds: [LISTENER, TO_CLIENT, tcp(8, "ESTABLISHED", "127.0.0.1:80", "127.0.0.1:5000", [9])],
    threads: [
      thread(101, { wait: SLEEP }),
      thread(102, { wait: { kind: "accept", fd: 3 } }),
      thread(103, { wait: { kind: "read", fd: 8 } }),
      thread(104, { wait: FUTEX, language: told({ wait: { kind: "queue" } }) }),
    ],
  });
  assertEquals(verdict(diagnose(facts([CLIENT, serves]))), ["net-read", 100]);
  const sleeps = (receiveQueue: number) =>
    process(101, { wait: SLEEP, fds: [queued(TO_CLIENT, { receiveQueue })] });
  assertEquals(verdict(diagnose(facts([CLIENT, sleeps(9)]))), ["net-read", 100]);
  assertEquals(verdict(diagnose(facts([CLIENT, sleeps(0)]))), ["sleep", 101]);
});
