import type { LanguageThread, LanguageWait } from "../../../src/hooks/language_facts.ts";
import { tellThread } from "../../../src/hooks/sample/tell_thread.ts";
import { assertEquals } from "../../support/assert.ts";
import { process, thread } from "../../support/facts_builder.ts";

const LEDGER = { id: "0x1", type: "threading.Lock", name: "ledger_lock", isCertain: true };
const AUDIT = { id: "0x2", type: "threading.Lock", isCertain: true };

function told(own: Partial<LanguageThread>, other: Partial<LanguageThread> = {}): string | undefined {
  const first = { language: "python", holds: [], ...own };
  const second = { language: "python", name: "Thread-2", holds: [], ...other };
  const subject = process(100, {
    threads: [thread(100, { language: first }), thread(101, { language: second })],
  });
  return tellThread(subject, 100, first);
}

Deno.test("tellThread() names the locks on both sides and the other thread, when two locks are involved", () => {
  assertEquals(
    told({ state: "BLOCKED", holds: [LEDGER], wait: { kind: "lock", on: AUDIT } }, { holds: [AUDIT] }),
    "BLOCKED, holds ledger_lock (threading.Lock), waits for a threading.Lock (0x2), which Thread-2 holds",
  );
});

Deno.test("tellThread() names whom the runtime names, when a thread is joined or holds itself up", () => {
  assertEquals(told({ wait: { kind: "join", ownerTids: [101] } }), "waits for Thread-2 to end");
  assertEquals(
    told({ wait: { kind: "lock", on: LEDGER, ownerTids: [100] } }),
    "waits for ledger_lock (threading.Lock), which it itself holds",
  );
});

Deno.test("tellThread() says for how long, when the wait has a limit", () => {
  assertEquals(told({ wait: { kind: "queue", timeoutMs: 5000 } }), "waits on a queue (for 5 s at most)");
});

Deno.test("tellThread() marks what was inferred, and tells nothing of a thread of which nothing is known", () => {
  assertEquals(told({ holds: [{ ...AUDIT, isCertain: false }] }), "holds, it seems, a threading.Lock (0x2)");
  assertEquals(told({}), undefined);
});

Deno.test("tellThread() reads as a clause for every kind of wait, when nothing more is known", () => {
  const kinds: LanguageWait["kind"][] = [
    "lock",
    "condition",
    "semaphore",
    "latch",
    "future",
    "channel",
    "sleep",
    "io",
  ];
  assertEquals(kinds.map((kind) => told({ wait: { kind } })), [
    "waits for a lock",
    "waits to be notified",
    "waits for a semaphore",
    "waits for an event of another thread",
    "waits for the result of a future",
    "waits on a channel",
    "sleeps",
    "waits for input or output",
  ]);
});

Deno.test("tellThread() shows control characters, when names hold some", () => {
  assertEquals(told({ state: "a\x1b[2J", holds: [{ ...LEDGER, name: "l\n" }] })?.includes("\x1b"), false);
});
