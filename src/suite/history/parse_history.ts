import type { TestStatus } from "../../suite_events.ts";
import type { History, ShardHistory, TestHistory } from "./history.ts";

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
  const { schema, tests, shards } = objectOf(text);
  if (schema !== HISTORY_SCHEMA) return { tests: new Map() };
  return { tests: readTests(tests), shards: readShards(shards) };
}

function readTests(json: unknown): Map<string, TestHistory> {
  const tests = new Map<string, TestHistory>();
  for (const [testId, entry] of entriesOf(json).slice(0, MAX_TESTS)) {
    if (typeof entry !== "object" || entry === null) continue;
    const { status, elapsedMs, atMs } = entry as Record<string, unknown>;
    if (!STATUSES.has(status) || !isTime(elapsedMs) || !isTime(atMs)) continue;
    tests.set(testId, { status: status as TestStatus, elapsedMs, atMs });
  }
  return tests;
}

function readShards(json: unknown): ShardHistory | undefined {
  if (typeof json !== "object" || json === null) return undefined;
  const { count, build, parts: partsJson } = json as Record<string, unknown>;
  if (!isTime(count) || (build !== undefined && typeof build !== "string")) return undefined;
  const parts = new Map<number, Map<string, TestHistory>>();
  for (const [index, part] of entriesOf(partsJson)) {
    if (/^[1-9]\d{0,5}$/.test(index) && Number(index) <= count) parts.set(Number(index), readTests(part));
  }
  return { count, build, parts };
}

function objectOf(text: string | undefined): Record<string, unknown> {
  try {
    return (JSON.parse(text ?? "null") ?? {}) as Record<string, unknown>;
  } catch {
    return {};
  }
}

function entriesOf(json: unknown): [string, unknown][] {
  return typeof json === "object" && json !== null ? Object.entries(json) : [];
}

function isTime(value: unknown): value is number {
  return typeof value === "number" && Number.isFinite(value) && value >= 0;
}
