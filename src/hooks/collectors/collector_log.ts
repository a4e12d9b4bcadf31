import type { CollectorRecord } from "../../sample_document.ts";
import { groupBy } from "../../std/group_by.ts";

/** Gathers what collectors did, so that each is one line of the sample for each process, whatever it did how often. */
export interface CollectorLog {
  /** Adds a run. A run that went well covers those that did not. */
  add(record: CollectorRecord): void;
  /** One record for each collector and process; equal failures of several processes are one, with pid 0. */
  records(): CollectorRecord[];
}

/** An empty log. */
export function createCollectorLog(): CollectorLog {
  const byCollector = new Map<string, CollectorRecord>();
  return {
    add(record) {
      const key = `${record.name}\t${record.pid}`;
      const seen = byCollector.get(key);
      if (seen === undefined) {
        byCollector.set(key, record);
        return;
      }
      const kept = seen.status === "ok" ? seen : record;
      byCollector.set(key, { ...kept, ms: seen.ms + record.ms });
    },
    records() {
      const records = [...byCollector.values()];
      const groups = groupBy(
        records,
        ({ name, pid, status, detail }) =>
          status === "ok" || detail === undefined ? `${name}\t${pid}` : `${name}\t${status}\t${detail}`,
      );
      return [...groups.values()].map((group) => {
        const first = group[0]!;
        if (group.length === 1) return first;
        const ms = group.reduce((sum, record) => sum + record.ms, 0);
        return { ...first, pid: 0, ms, detail: `${first.detail} (${group.length} processes)` };
      });
    },
  };
}
