import type { History } from "../history/history.ts";
import { typicalMs } from "../history/typical_ms.ts";
import type { Shard } from "./shard.ts";

/** The tests of one shard. */
export interface ShardSelection<T> {
  /** In the order in which they were given. */
  readonly tests: readonly T[];
  /** How they were divided: by how long they take, or in turn. */
  readonly basis: "history" | "turns";
}

/**
 * Picks the tests of one shard. With a history each test, the longest first, goes to the shard that has least to do (the
 * LPT rule of R. L. Graham, 1969), else they are dealt out in turn. Every shard comes to the same division, as long as all
 * have the same tests and the same history; a test that the history does not know counts as a typical one.
 *
 * @param tests all tests, the same for each shard, in any order
 * @param shard which of how many
 * @param history what is known of earlier runs; undefined or empty for none
 * @returns the tests of this shard
 */
export function selectShard<T extends { readonly testId: string }>(
  tests: readonly T[],
  shard: Shard,
  history: History | undefined,
): ShardSelection<T> {
  const sorted = [...tests].sort((a, b) => compare(a.testId, b.testId));
  const usualMs = history === undefined ? undefined : typicalMs(tests, history);
  const own = new Set<T>();
  if (history === undefined || usualMs === undefined) {
    sorted.forEach((test, place) => {
      if (place % shard.count === shard.index - 1) own.add(test);
    });
    return { tests: tests.filter((test) => own.has(test)), basis: "turns" };
  }
  const msOf = new Map(sorted.map((test) => [test, history.tests.get(test.testId)?.elapsedMs ?? usualMs]));
  sorted.sort((a, b) => msOf.get(b)! - msOf.get(a)! || compare(a.testId, b.testId));
  const loads = new LeastLoaded(shard.count);
  // Starting a test takes a moment, too: tests of no duration are spread all the same.
  for (const test of sorted) if (loads.add(msOf.get(test)! + 1) === shard.index - 1) own.add(test);
  return { tests: tests.filter((test) => own.has(test)), basis: "history" };
}

/** A heap of shards by what they have to do; of equal ones the first is taken. */
class LeastLoaded {
  readonly #loads: { readonly place: number; ms: number }[];

  constructor(count: number) {
    this.#loads = Array.from({ length: count }, (_, place) => ({ place, ms: 0 }));
  }

  /** Gives so much to the one with the least. */
  add(ms: number): number {
    const loads = this.#loads;
    const least = loads[0]!;
    least.ms += ms;
    for (let at = 0;;) {
      const [left, right] = [2 * at + 1, 2 * at + 2];
      let first = at;
      if (left < loads.length && this.#isBefore(left, first)) first = left;
      if (right < loads.length && this.#isBefore(right, first)) first = right;
      if (first === at) return least.place;
      [loads[at], loads[first]] = [loads[first]!, loads[at]!];
      at = first;
    }
  }

  #isBefore(a: number, b: number): boolean {
    const [one, other] = [this.#loads[a]!, this.#loads[b]!];
    return one.ms < other.ms || one.ms === other.ms && one.place < other.place;
  }
}

/** By code units: the same on every machine, whatever its language. */
function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
