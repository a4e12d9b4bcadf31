import type { SettledTest, TestStatus } from "../../suite_events.ts";
import type { Shard } from "../shard/shard.ts";
import { addToHistory } from "./add_to_history.ts";
import type { History, TestHistory } from "./history.ts";
import { knownHistory } from "./known_history.ts";

/**
 * Adds what one shard showed, beside what the other shards of its build have; those of an earlier build give way.
 *
 * @param history what the file holds
 * @param settled the tests of the shard
 * @param options the shard, and when it was, in milliseconds of the epoch
 * @returns what the file is to hold
 */
export function addShardToHistory(
  history: History,
  settled: Iterable<SettledTest & { readonly status: TestStatus }>,
  { shard, atMs }: { readonly shard: Shard; readonly atMs: number },
): History {
  const { tests, shards } = knownHistory(history, shard);
  const own = [...settled];
  const after = addToHistory({ tests }, own, atMs).tests;
  const part = new Map<string, TestHistory>();
  for (const { testId } of own) {
    const entry = after.get(testId);
    if (entry !== undefined) part.set(testId, entry);
  }
  const { count, build, index } = shard;
  const isSameBuild = shards?.count === count && shards.build === build;
  const parts = new Map(isSameBuild ? shards.parts : []).set(index, part);
  return { tests, shards: { count, build, parts } };
}
