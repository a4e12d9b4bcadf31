import { addToHistory } from "../../../../src/suite/history/add_to_history.ts";
import type { History } from "../../../../src/suite/history/history.ts";
import { orderTests } from "../../../../src/suite/history/order_tests.ts";
import { MAX_TESTS, parseHistory } from "../../../../src/suite/history/parse_history.ts";
import { selectFailed } from "../../../../src/suite/history/select_failed.ts";
import { readSeed, shuffleTests } from "../../../../src/suite/history/shuffle_tests.ts";
import { UsageError } from "../../../../src/errors.ts";
import type { SettledTest, TestStatus } from "../../../../src/suite_events.ts";
import { assertEquals, assertThrows } from "../../../support/assert.ts";

const NONE: History = { tests: new Map() };

function settled(testId: string, status: TestStatus, elapsedMs: number, attempts = 1) {
  return { testId, name: testId, file: testId, status, elapsedMs, attempts } satisfies SettledTest & {
    status: TestStatus;
  };
}

function ids(tests: readonly { testId: string }[]): string {
  return tests.map(({ testId }) => testId).join(" ");
}

const TESTS = ["a", "b", "c", "d"].map((testId) => ({ testId }));

Deno.test("addToHistory() remembers the last status, and moves the duration half the way", () => {
  const once = addToHistory(NONE, [settled("a", "passed", 1000)], 1);
  const twice = addToHistory(once, [settled("a", "flaky", 800, 2)], 2);
  assertEquals([...twice.tests], [["a", { status: "flaky", elapsedMs: 700, atMs: 2 }]]);
});

Deno.test("addToHistory() keeps what is known of tests that did not run", () => {
  const before = addToHistory(NONE, [settled("a", "failed", 10), settled("b", "passed", 20)], 1);
  const after = addToHistory(before, [settled("a", "not-run", 0, 0), settled("b", "skipped", 1)], 2);
  assertEquals([...after.tests], [...before.tests]);
});

Deno.test("addToHistory() forgets the tests that ran longest ago, when there are too many", () => {
  const many = Array.from({ length: MAX_TESTS }, (_, number) => settled(`t${number}`, "passed", 1));
  const full = addToHistory(NONE, many, 1);
  const { tests } = addToHistory(full, [settled("new", "passed", 1)], 2);
  assertEquals([tests.size, tests.has("new")], [MAX_TESTS, true]);
});

Deno.test("parseHistory() leaves out what is damaged", () => {
  const good = { status: "passed", elapsedMs: 5, atMs: 6 };
  const entries = [
    good,
    { ...good, status: "odd" },
    { ...good, elapsedMs: -1 },
    { ...good, atMs: "x" },
    null,
    3,
  ];
  const tests = Object.fromEntries(entries.map((entry, number) => [number, entry]));
  assertEquals([...parseHistory(JSON.stringify({ schema: "prekill.history/1", tests })).tests], [[
    "0",
    good,
  ]]);
  for (const text of [undefined, "", "{", "null", "[]", '{"schema":"prekill.history/2","tests":{}}', "7"]) {
    assertEquals(parseHistory(text).tests.size, 0);
  }
  assertEquals(parseHistory('{"schema":"prekill.history/1","tests":null}').tests.size, 0);
});

Deno.test("orderTests() puts unknown tests first, then the longest, and else keeps the order", () => {
  const history = addToHistory(NONE, [settled("a", "passed", 1), settled("c", "passed", 9)], 1);
  assertEquals(ids(orderTests(TESTS, history)), "b d c a");
  assertEquals(ids(orderTests(TESTS, NONE)), "a b c d");
});

Deno.test("selectFailed() takes what did not pass when it ran last", () => {
  const runs = [settled("a", "failed", 1), settled("b", "flaky", 1), settled("d", "timed-out", 1)];
  const history = addToHistory(NONE, runs, 1);
  assertEquals(ids(selectFailed(TESTS, history)), "a d");
  assertEquals(ids(selectFailed(TESTS, addToHistory(history, [settled("a", "passed", 1)], 2))), "d");
});

Deno.test("shuffleTests() gives the order that the seed determines, whatever order it is given", () => {
  const tests = Array.from({ length: 8 }, (_, number) => ({ testId: `${number}` }));
  assertEquals(ids(shuffleTests(tests, 42)), ids(shuffleTests(tests.toReversed(), 42)));
  assertEquals(ids(shuffleTests(tests, 42)), "2 7 1 0 6 5 3 4");
  assertEquals([...shuffleTests(tests, 7)].sort((a, b) => Number(a.testId) - Number(b.testId)), tests);
});

Deno.test("readSeed() reads a seed, or makes one", () => {
  assertEquals(readSeed("4294967295"), 4294967295);
  for (const text of ["4294967296", "-1", "1.5", "x"]) assertThrows(() => readSeed(text), UsageError);
  assertEquals(Number.isInteger(readSeed(undefined)), true);
});
