import type { TestStatus } from "../../suite_events.ts";
import type { History, TestHistory } from "./history.ts";

/** Names the format of `history.json`. */
export const HISTORY_SCHEMA = "prekill.history/1";
/** More tests are not remembered: those that ran longest ago are forgotten. */
export const MAX_TESTS = 50_000;

const STATUSES: ReadonlySet<unknown> = new Set<TestStatus>([
  "passed",
  "failed",
  "timed-out",
  "crashed",
  "leaked",
  "flaky",
  "error",
]);

/**
 * Reads a `history.json`. It is a help and nothing depends on it: what is damaged, or of another version, is left out.
 *
 * @param text what the file holds; undefined when there is none
 * @returns what could be read
 */
export function parseHistory(text: string | undefined): History {
  const tests = new Map<string, TestHistory>();
  const entries = entriesOf(text);
  for (const [testId, entry] of entries.slice(0, MAX_TESTS)) {
    if (typeof entry !== "object" || entry === null) continue;
    const { status, elapsedMs, atMs } = entry as Record<string, unknown>;
    if (!STATUSES.has(status) || !isTime(elapsedMs) || !isTime(atMs)) continue;
    tests.set(testId, { status: status as TestStatus, elapsedMs, atMs });
  }
  return { tests };
}

function entriesOf(text: string | undefined): [string, unknown][] {
  if (text === undefined) return [];
  try {
    const json = JSON.parse(text) as { schema?: unknown; tests?: unknown } | null;
    if (json?.schema !== HISTORY_SCHEMA || typeof json.tests !== "object") return [];
    return Object.entries(json.tests ?? {});
  } catch {
    return [];
  }
}

function isTime(value: unknown): value is number {
  return typeof value === "number" && Number.isFinite(value) && value >= 0;
}
