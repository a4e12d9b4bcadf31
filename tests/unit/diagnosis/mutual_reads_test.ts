import { diagnose } from "../../../src/hooks/diagnosis/diagnose.ts";
import type { Wait } from "../../../src/hooks/facts.ts";
import { assertEquals, assertStringIncludes } from "../../support/assert.ts";
import { facts, lock, process, tcp, thread, told } from "../../support/facts_builder.ts";

const READ: Wait = { kind: "read", fd: 5 };
const FUTEX: Wait = { kind: "futex", address: "0x10", shape: "other" };
const A_TO_B = tcp(5, "ESTABLISHED", "127.0.0.1:40", "127.0.0.1:50", [101]);
const B_TO_A = tcp(6, "ESTABLISHED", "127.0.0.1:50", "127.0.0.1:40", [100]);

Deno.test("diagnose() says deadlock, when two processes of the tree wait for each other's data", () => {
  const { cause, summary } = diagnose(facts([
    process(100, { name: "client", wait: READ, fds: [A_TO_B] }),
    process(101, { name: "server", wait: { kind: "read", fd: 6 }, fds: [B_TO_A] }),
  ]));
  assertEquals(cause, "deadlock");
  assertStringIncludes(summary, "wait for each other");
});

Deno.test("diagnose() does not prove a deadlock of processes, when a lock of a language in it is inferred", () => {
  const table = { ...lock("0x1", "threading.Lock", "table"), isCertain: false };
  const { cause, confidence, summary } = diagnose(facts([
    process(100, {
      name: "client",
      fds: [A_TO_B],
      threads: [
        thread(100, { wait: FUTEX, language: told({ wait: { kind: "lock", on: table } }) }),
        thread(102, { wait: READ, language: told({ name: "asks", holds: [table] }) }),
      ],
    }),
    process(101, { name: "server", wait: { kind: "read", fd: 6 }, fds: [B_TO_A] }),
  ]));
  assertEquals([cause, confidence], ["deadlock", "likely"]);
  assertStringIncludes(summary, "waits for data from");
});

Deno.test("diagnose() follows a chain of locks through threads and processes to the one that sleeps", () => {
  const row = lock("0x1", "java.util.concurrent.locks.ReentrantLock");
  const { cause, pid, chain } = diagnose(facts([
    process(100, {
      name: "app",
      threads: [
        thread(100, { wait: FUTEX, language: told({ wait: { kind: "lock", on: row, ownerTids: [102] } }) }),
        thread(102, { wait: { kind: "child", pid: 103 }, language: told({ name: "migrate", holds: [row] }) }),
      ],
    }),
    process(103, { name: "dump", wait: { kind: "sleep", durationMs: 900_000 } }),
  ]));
  assertEquals([cause, pid], ["sleep", 103]);
  assertStringIncludes(
    chain[0]!.waits,
    `which thread "migrate" (tid 102) holds, which waits for its child dump`,
  );
});
