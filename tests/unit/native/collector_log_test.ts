import { createCollectorLog } from "../../../src/hooks/collectors/collector_log.ts";
import type { CollectorRecord } from "../../../src/sample_document.ts";
import { assertEquals } from "../../support/assert.ts";

function recordsOf(...added: readonly CollectorRecord[]): CollectorRecord[] {
  const log = createCollectorLog();
  for (const record of added) log.add(record);
  return log.records();
}

Deno.test("records() sums up the runs for a process, of which one that went well decides", () => {
  const [record, ...others] = recordsOf(
    { name: "eu-stack", pid: 7, status: "failed", ms: 1, detail: "no frames" },
    { name: "eu-stack", pid: 7, status: "ok", ms: 2 },
    { name: "eu-stack", pid: 7, status: "timeout", ms: 4, detail: "ended" },
  );
  assertEquals(record, { name: "eu-stack", pid: 7, status: "ok", ms: 7 });
  assertEquals(others, []);
});

Deno.test("records() makes the same failure of several processes one line", () => {
  const denied = { name: "eu-stack", status: "failed", ms: 1, detail: "not permitted" } as const;
  assertEquals(
    recordsOf({ ...denied, pid: 7 }, { ...denied, pid: 8 }, { ...denied, pid: 9, detail: "it has ended" }),
    [
      { name: "eu-stack", pid: 0, status: "failed", ms: 2, detail: "not permitted (2 processes)" },
      { name: "eu-stack", pid: 9, status: "failed", ms: 1, detail: "it has ended" },
    ],
  );
});
