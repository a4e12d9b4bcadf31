import type { RunSummary } from "../report/run_summary.ts";
import { groupBy } from "../std/group_by.ts";

/** What is wrong with runs that are told as one. */
export interface ShardProblems {
  /** Which shards nobody has a run of, as a sentence without its full stop; undefined when all are there. */
  readonly missing: string | undefined;
  /** What else a reader has to know, a sentence each. */
  readonly warnings: readonly string[];
}

const MAX_NAMED = 10;

/**
 * Looks whether the shards among several runs make a whole: of each number of shards all must be there, and no test twice.
 * Runs that are not shards, and a run that is alone, are taken as they are.
 *
 * @param runs all that are told as one
 * @returns what is missing or doubtful
 */
export function checkShards(runs: readonly RunSummary[]): ShardProblems {
  const warnings = versionWarnings(runs);
  const missing: string[] = [];
  if (runs.length > 1) {
    const sharded = runs.map((run) => ({ run, shard: shardOf(run) })).filter(({ shard }) =>
      shard !== undefined
    );
    for (const [count, shards] of groupBy(sharded, ({ shard }) => shard!.count)) {
      const there = new Set(shards.map(({ shard }) => shard!.index));
      const lacking = Array.from({ length: count }, (_, index) => index + 1).filter((index) =>
        !there.has(index)
      );
      if (lacking.length > 0) missing.push(missingWords(lacking, count));
      const twice = repeatedTests(shards.map(({ run }) => run));
      if (twice !== undefined) warnings.push(twice);
    }
  }
  return { missing: missing.length === 0 ? undefined : missing.join("; "), warnings };
}

function shardOf({ plan }: RunSummary): { index: number; count: number } | undefined {
  // A journal may say anything; so many shards nobody has.
  const match = /^(\d{1,6})\/(\d{1,6})$/.exec(plan?.shard ?? "");
  return match === null ? undefined : { index: Number(match[1]), count: Number(match[2]) };
}

function missingWords(lacking: readonly number[], count: number): string {
  const named = lacking.slice(0, MAX_NAMED).join(", ");
  const more = lacking.length > MAX_NAMED ? ` and ${lacking.length - MAX_NAMED} more` : "";
  return lacking.length === 1
    ? `Shard ${named} of ${count} is missing`
    : `Shards ${named}${more} of ${count} are missing`;
}

/** A shard that was run again, or shards that were cut by different histories; the latter may have left tests out, too. */
function repeatedTests(runs: readonly RunSummary[]): string | undefined {
  const shards = new Map<string, string>();
  let count = 0;
  let example: { readonly name: string; readonly isSameShard: boolean } | undefined;
  for (const { tests, plan } of runs) {
    const shard = plan!.shard!;
    for (const { planned: { testId, name } } of tests) {
      const other = shards.get(testId);
      shards.set(testId, shard);
      if (other === undefined) continue;
      count++;
      example ??= { name, isSameShard: other === shard };
    }
  }
  if (example === undefined) return undefined;
  const tests = count === 1 ? "1 test is" : `${count} tests are`;
  const why = example.isSameShard
    ? "a shard that was run again counts twice; leave the earlier out"
    : "the shards had not the same tests or history, and others may be in none";
  return `${tests} in more than one shard, such as ${example.name}: ${why}`;
}

function versionWarnings(runs: readonly RunSummary[]): string[] {
  const versions = [...new Set(runs.flatMap(({ plan }) => plan === undefined ? [] : [plan.version]))];
  return versions.length <= 1
    ? []
    : [`the runs are of different versions of prekill: ${versions.slice(0, MAX_NAMED).join(", ")}`];
}
