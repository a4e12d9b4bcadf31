import { addShardToHistory } from "../../../../src/suite/history/add_shard_to_history.ts";
import { addToHistory } from "../../../../src/suite/history/add_to_history.ts";
import type { History } from "../../../../src/suite/history/history.ts";
import { knownHistory } from "../../../../src/suite/history/known_history.ts";
import { parseHistory } from "../../../../src/suite/history/parse_history.ts";
import { renderHistory } from "../../../../src/suite/history/render_history.ts";
import type { Shard } from "../../../../src/suite/shard/shard.ts";
import { selectShard } from "../../../../src/suite/shard/select_shard.ts";
import { assertEquals } from "../../../support/assert.ts";

const NONE: History = { tests: new Map() };
/** Each with what it takes. */
const TESTS = [100, 900, 200, 300, 50, 400, 700].map((elapsedMs, number) => ({
  testId: `t${number}`,
  elapsedMs,
}));

function shardOf(index: number, build?: string, count = 2): Shard {
  return { index, count, source: "", build };
}

/** Runs a shard as `prekill run` does. */
function run(history: History, shard: Shard): { history: History; ids: string[] } {
  const { tests } = selectShard(TESTS, shard, knownHistory(history, shard));
  const settled = tests.map((test) => ({
    ...test,
    name: "",
    file: "",
    status: "passed" as const,
    attempts: 1,
  }));
  const after = addShardToHistory(history, settled, { shard, atMs: 1 });
  return { history: parseHistory(renderHistory(after)), ids: tests.map(({ testId }) => testId) };
}

/** Runs shards one after the other, and what each of them ran. */
function runAll(
  history: History,
  shards: readonly Shard[],
): { history: History; ids: string[][] } {
  const ids: string[][] = [];
  for (const shard of shards) {
    const after = run(history, shard);
    history = after.history;
    ids.push(after.ids);
  }
  return { history, ids };
}

const ALL_IDS = TESTS.map(({ testId }) => testId);

Deno.test("knownHistory() balances the shards of the next build by what those of a build have shown", () => {
  const first = runAll(NONE, [shardOf(1, "a"), shardOf(2, "a")]);
  assertEquals(first.ids, [["t0", "t2", "t4", "t6"], ["t1", "t3", "t5"]]);
  const second = runAll(first.history, [shardOf(2, "b"), shardOf(1, "b")]);
  assertEquals(second.ids, [["t2", "t5", "t6"], ["t0", "t1", "t3", "t4"]]);
});

Deno.test("knownHistory() lets no test fall between two shards, when a shard is repeated or was never run", () => {
  const builds = [undefined, "a"];
  for (const build of builds) {
    const twice = runAll(NONE, [shardOf(1, build), shardOf(2, build), shardOf(1, build), shardOf(2, build)]);
    assertEquals(twice.ids.slice(2).flat().sort(), ALL_IDS);
    assertEquals([...twice.ids[0]!, ...twice.ids[3]!].sort(), ALL_IDS);
    const abandoned = runAll(NONE, [shardOf(1, build)]);
    const next = runAll(abandoned.history, [shardOf(2, build && "b"), shardOf(1, build && "b")]);
    assertEquals(next.ids.flat().sort(), ALL_IDS);
  }
});

Deno.test("knownHistory() divides by turns, when each shard keeps a history of its own", () => {
  const own = [1, 2].map((index) => run(NONE, shardOf(index, "a")).history);
  const next = own.map((history, place) => run(history, shardOf(place + 1, "b")).ids);
  assertEquals(next.flat().sort(), ALL_IDS);
});

Deno.test("knownHistory() tells a run of all tests everything, which then stands with the rest", () => {
  const { history } = runAll(NONE, [shardOf(1), shardOf(2)]);
  assertEquals([...knownHistory(history, undefined).tests.keys()].sort(), ALL_IDS);
  const after = addToHistory(knownHistory(history, undefined), [], 2);
  assertEquals([after.tests.size, after.shards], [TESTS.length, undefined]);
});

Deno.test("addShardToHistory() drops what shards of another number have shown", () => {
  const { history } = runAll(NONE, [shardOf(1, "a", 3), shardOf(2, "b")]);
  assertEquals([...history.shards?.parts.keys() ?? []], [2]);
  assertEquals(history.shards?.count, 2);
});

Deno.test("parseHistory() leaves out shards that are damaged", () => {
  const read = (shards: unknown): History["shards"] =>
    parseHistory(JSON.stringify({ schema: "prekill.history/1", tests: {}, shards })).shards;
  assertEquals(read("x"), undefined);
  assertEquals(read({ count: "2" }), undefined);
  assertEquals(read({ count: 2, build: 3 }), undefined);
  assertEquals(
    read({ count: 2, parts: { "0": {}, "3": {}, "__proto__": {}, "1": { a: {} }, "2": 5 } })?.parts.size,
    2,
  );
});
