import type { SettledTest, TestStatus } from "../../suite_events.ts";
import type { History, TestHistory } from "./history.ts";
import { MAX_TESTS } from "./parse_history.ts";

/**
 * Adds what a run showed. Tests that did not run, or not to their end, stay as they were.
 *
 * @param history what was known
 * @param settled the tests of the run, such as its `test-settled` events
 * @param atMs when it was, in milliseconds of the epoch
 * @returns what is known now
 */
export function addToHistory(
  history: History,
  settled: Iterable<SettledTest & { readonly status: TestStatus }>,
  atMs: number,
): History {
  const tests = new Map(history.tests);
  for (const { testId, status, attempts, elapsedMs } of settled) {
    if (status === "not-run" || status === "skipped" || attempts === 0) continue;
    const before = tests.get(testId)?.elapsedMs;
    // What could not be started says nothing about how long it takes.
    const lastMs = status === "error" ? before ?? 0 : elapsedMs / attempts;
    const smoothMs = before === undefined ? lastMs : (before + lastMs) / 2;
    tests.set(testId, { status, elapsedMs: Math.round(smoothMs), atMs });
  }
  return { tests: newest(tests) };
}

function newest(tests: Map<string, TestHistory>): Map<string, TestHistory> {
  if (tests.size <= MAX_TESTS) return tests;
  const byAge = [...tests].sort(([, a], [, b]) => b.atMs - a.atMs);
  return new Map(byAge.slice(0, MAX_TESTS));
}
