import type { History } from "../../../../src/suite/history/history.ts";
import { selectShard } from "../../../../src/suite/shard/select_shard.ts";
import { assert, assertEquals } from "../../../support/assert.ts";

const TESTS = Array.from({ length: 103 }, (_, number) => ({ testId: `t${number}` }));

function knowing(msOf: Record<string, number>): History {
  const entries = Object.entries(msOf).map(([testId, elapsedMs]) =>
    [testId, { status: "passed", elapsedMs, atMs: 0 }] as const
  );
  return { tests: new Map(entries) };
}

function shares(count: number, history?: History): string[][] {
  return Array.from(
    { length: count },
    (_, place) =>
      selectShard(TESTS, { index: place + 1, count, source: "" }, history).tests.map(({ testId }) => testId),
  );
}

Deno.test("selectShard() gives each test to exactly one shard, with and without a history", () => {
  const histories = [undefined, knowing({}), knowing({ t3: 5000, t50: 10 }), knowing({ gone: 1 })];
  for (const history of histories) {
    for (const count of [1, 2, 7, 200]) {
      const all = shares(count, history).flat();
      assertEquals([...all].sort(), TESTS.map(({ testId }) => testId).sort());
    }
  }
});

Deno.test("selectShard() does not depend on the order in which the tests are given", () => {
  const history = knowing(Object.fromEntries(TESTS.map(({ testId }, number) => [testId, number % 10])));
  const shard = { index: 2, count: 5, source: "" };
  const idsOf = (tests: typeof TESTS): string[] =>
    selectShard(tests, shard, history).tests.map(({ testId }) => testId).sort();
  assertEquals(idsOf(TESTS.toReversed()), idsOf(TESTS));
});

Deno.test("selectShard() balances what is long, and says by what it divided", () => {
  const history = knowing({
    t0: 100_000,
    ...Object.fromEntries(TESTS.slice(1).map(({ testId }) => [testId, 1000])),
  });
  const [first, second] = shares(2, history);
  assertEquals(first, ["t0", "t98"]);
  assertEquals(second!.length, 101);
  assertEquals(selectShard(TESTS, { index: 1, count: 2, source: "" }, history).basis, "history");
  assertEquals(selectShard(TESTS, { index: 1, count: 2, source: "" }, undefined).basis, "turns");
});

Deno.test("selectShard() is within the bound of its rule for mixed tests", () => {
  const msOf = Object.fromEntries(TESTS.map(({ testId }, number) => [testId, (number * 7919) % 1000]));
  const loads = shares(4, knowing(msOf)).map((ids) => ids.reduce((sum, id) => sum + msOf[id]!, 0));
  const total = loads.reduce((sum, load) => sum + load, 0);
  assert(Math.max(...loads) <= (4 / 3) * (total / 4) + 1000, `loads ${loads}`);
});
