import type { Shard } from "../shard/shard.ts";
import type { History, ShardHistory } from "./history.ts";

/**
 * What a run is to know of earlier ones. A run of all tests knows everything. Shards divide the tests by what they know, so
 * that all shards of a build must know the same, whenever they begin: what the shards of another build have shown counts for
 * them only when both builds have a name and that build is complete. Else a test could fall between two shards.
 *
 * @param history what the file holds
 * @param shard the shard that is to run; undefined for all tests
 * @returns what counts; its shards are those that are still apart
 */
export function knownHistory(history: History, shard: Shard | undefined): History {
  const { tests, shards } = history;
  if (shards === undefined || (shard !== undefined && !isOver(shards, shard))) return history;
  const all = new Map(tests);
  for (const part of shards.parts.values()) for (const [testId, entry] of part) all.set(testId, entry);
  return { tests: all };
}

function isOver({ build, count, parts }: ShardHistory, shard: Shard): boolean {
  return build !== undefined && shard.build !== undefined && build !== shard.build && parts.size === count;
}
