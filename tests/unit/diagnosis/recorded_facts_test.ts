import { diagnose } from "../../../src/hooks/diagnosis/diagnose.ts";
import type { Cause } from "../../../src/sample_document.ts";
import { assert, assertEquals } from "../../support/assert.ts";
import { recordedFacts } from "../../support/recorded_facts.ts";

/** Case, cause, program to blame, and what the reader must be told. */
const RECORDED: readonly [string, Cause, string, ...string[]][] = [
  ["agent-link", "pipe-read", "client.py", "agent.sock", "agent.pl"],
  ["api-suite", "net-read", "orders.test.js", "stub.pl"],
  [
    "bank-transfer",
    "deadlock",
    "Teller",
    `thread \\"teller-east\\"`,
    `thread \\"teller-west\\"`,
    "holds a Teller$Account",
    "at Teller.moveFunds (Teller.java:22)",
  ],
  ["batch-queue", "lock-wait", "batchq.bin", "collector", "collect_batch (batchq.c:"],
  ["copied-lock", "lock-wait", "forked", "fork() copied while thread", "append (forked.c:7)"],
  ["csv-filter", "deadlock", "convert.py", "upcase.pl"],
  ["decode-pool", "worker-wait", "pool.js", "task decodeAll", "worker decoder.js", "decodeAll (pool.js:19)"],
  ["fanout", "pipe-read", "fan-worker", "read_jobs (fanout.c:", "never closed"],
  ["go-mutex", "lock-wait", "fetch", "a sync.Mutex, in its main goroutine", "main.main (main.go:13)"],
  ["grid-move", "deadlock", "grid.bin", "mover-up", "mover-down", "move_unit (grid.rs:"],
  ["ingest-loop", "worker-wait", "ingest.py", "the asyncio.Event buffer.full", "drain_buffer (ingest.py:28)"],
  ["log-export", "pipe-write", "dump.py", "export.ts"],
  ["order-intake", "worker-wait", "Intake", "LinkedBlockingQueue.take", "Intake.nextOrder (Intake.java:20)"],
  [
    "python-locks",
    "deadlock",
    "locks.py",
    "holds a_lock (threading.Lock)",
    "east (locks.py:9)",
    "west (locks.py:13)",
  ],
  ["repo-sync", "file-lock", "flock", "repo.lock", "indexer.sh"],
  ["stage-run", "signal-wait", "stagerun.bin", "SIGUSR1", "await_go (stagerun.c:"],
  ["thumb-throttle", "stopped", "resize.pl", "kill -CONT"],
  ["tile-cache", "cpu-bound", "tilecache.bin", "compactor", "probe_slot (tilecache.c:"],
];

for (const [name, cause, program, ...told] of RECORDED) {
  Deno.test(`diagnose() names ${cause} and ${program}, when given the facts recorded of ${name}`, () => {
    const diagnosis = diagnose(recordedFacts(name));
    assertEquals([diagnosis.cause, diagnosis.program], [cause, program]);
    const text = JSON.stringify(diagnosis);
    for (const part of told) assert(text.includes(part), `${part} is missing in ${text}`);
  });
}
