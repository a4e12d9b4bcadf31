import { diagnose } from "../../../src/hooks/diagnosis/diagnose.ts";
import { assertEquals, assertStringIncludes } from "../../support/assert.ts";
import { facts, lock, process, stackOf, tcp, thread, told } from "../../support/facts_builder.ts";

const LOCK = lock("0x1", "threading.Lock", "ledger_lock");

Deno.test("diagnose() says that a process waits for itself, when its server wants the lock that its client holds", () => {
  const { cause, summary, advice } = diagnose(facts([
    process(100, {
      command: ["python3", "cache.py"],
      fds: [
        tcp(3, "LISTEN", "127.0.0.1:80", undefined, [100]),
        tcp(4, "ESTABLISHED", "127.0.0.1:4000", "127.0.0.1:80", [100]),
        tcp(5, "ESTABLISHED", "127.0.0.1:80", "127.0.0.1:4000", [100]),
      ],
      threads: [
        thread(100, {
          wait: { kind: "read", fd: 4 },
          language: told({ name: "MainThread", holds: [LOCK] }),
          stacks: [stackOf("python", "refresh@cache.py:19")],
        }),
        thread(101, {
          wait: { kind: "futex", address: "0x10", shape: "other" },
          language: told({ name: "handler", holds: [], wait: { kind: "lock", on: LOCK } }),
          stacks: [stackOf("python", "do_GET@cache.py:9")],
        }),
      ],
    }),
  ]));
  assertEquals(cause, "deadlock");
  assertEquals(
    summary,
    "cache.py (pid 100) waits for itself: its main thread waits for data from 127.0.0.1:80 (its own process), at refresh " +
      `(cache.py:19); its thread "handler" (tid 101) waits for ledger_lock (threading.Lock), which the main thread ` +
      "holds, at do_GET (cache.py:9)",
  );
  assertStringIncludes(advice ?? "", "Do not hold the lock while waiting for the answer");
});
