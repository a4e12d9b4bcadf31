import { UsageError } from "../../errors.ts";
import { visibleText } from "../../visible_text.ts";
import type { Shard } from "./shard.ts";

/** Variables that tell a job which of how many it is. */
interface ShardVariables {
  readonly index: string;
  readonly count: string;
  /** The number of the first job. */
  readonly first: 0 | 1;
  /** Name of a variable with the path of a file to create. */
  readonly statusFile?: string;
}

/** In this order: what was set on purpose comes before what a machine sets for every job. */
const KNOWN: readonly ShardVariables[] = [
  { index: "PREKILL_SHARD_INDEX", count: "PREKILL_SHARDS", first: 1 },
  { index: "TEST_SHARD_INDEX", count: "TEST_TOTAL_SHARDS", first: 0, statusFile: "TEST_SHARD_STATUS_FILE" },
  { index: "JOB_COMPLETION_INDEX", count: "PREKILL_SHARDS", first: 0 },
  { index: "CI_NODE_INDEX", count: "CI_NODE_TOTAL", first: 1 },
  { index: "CIRCLE_NODE_INDEX", count: "CIRCLE_NODE_TOTAL", first: 0 },
  { index: "BUILDKITE_PARALLEL_JOB", count: "BUILDKITE_PARALLEL_JOB_COUNT", first: 0 },
];
/** Name a build, of which several jobs are shards. */
const BUILDS = [
  "PREKILL_BUILD",
  "GITHUB_RUN_ID",
  "CI_PIPELINE_ID",
  "CIRCLE_WORKFLOW_ID",
  "BUILDKITE_BUILD_ID",
  "SLURM_ARRAY_JOB_ID",
];
const MAX_SHARDS = 100_000;
const MAX_BUILD_LENGTH = 200;

/**
 * Reads `--shard`: `K/N` is the K-th of N, and `auto` asks the variables of the machine: `PREKILL_SHARD_INDEX` (from 1)
 * with `PREKILL_SHARDS`, which a matrix of GitHub can set, Bazel's, those of GitLab, CircleCI, Buildkite and Slurm arrays,
 * and of indexed Kubernetes jobs, for which `PREKILL_SHARDS` has to be set. The build is known by `PREKILL_BUILD`, or what the
 * CI system calls it.
 *
 * @param text what follows `--shard`
 * @param env the environment
 * @returns the shard; undefined when `auto` finds nothing, which means all tests
 * @throws {UsageError} when it is not a shard, or the variables contradict each other
 */
export function readShard(
  text: string,
  env: Readonly<Record<string, string | undefined>>,
): Shard | undefined {
  const shard = text === "auto" ? fromEnvironment(env) : fromText(text);
  const build = BUILDS.map((name) => env[name] ?? "").find((value) => value !== "");
  return shard === undefined || build === undefined
    ? shard
    : { ...shard, build: build.slice(0, MAX_BUILD_LENGTH) };
}

function fromText(text: string): Shard {
  const match = /^(\d{1,9})\/(\d{1,9})$/.exec(text);
  const [index, count] = [Number(match?.[1]), Number(match?.[2])];
  if (match !== null && index >= 1 && index <= count && count <= MAX_SHARDS) {
    return { index, count, source: "--shard" };
  }
  throw new UsageError(
    `Cannot use --shard "${visibleText(text)}": write K/N, such as 2/5 for the second of five, or auto`,
  );
}

function fromEnvironment(env: Readonly<Record<string, string | undefined>>): Shard | undefined {
  for (const names of KNOWN) {
    const [index, count] = [env[names.index] ?? "", env[names.count] ?? ""];
    if (index === "") continue;
    if (count === "") {
      // Whoever sets both himself has forgotten one; other machines set an index for jobs that are alone.
      if (!names.index.startsWith("PREKILL_") && !names.count.startsWith("PREKILL_")) continue;
      throw new UsageError(
        `Cannot tell the shard: ${names.index} is "${
          visibleText(index)
        }", but ${names.count} is not set; set it to the number of shards`,
      );
    }
    const statusFile = names.statusFile === undefined ? undefined : env[names.statusFile] || undefined;
    return checked({
      index,
      count,
      first: names.first,
      indexName: names.index,
      countName: names.count,
      statusFile,
    });
  }
  return fromSlurm(env);
}

/** Slurm numbers the tasks of an array as the user wrote it, such as `--array=10-50:10`. */
function fromSlurm(env: Readonly<Record<string, string | undefined>>): Shard | undefined {
  const task = env["SLURM_ARRAY_TASK_ID"] ?? "";
  if (task === "") return undefined;
  const least = Number(env["SLURM_ARRAY_TASK_MIN"] ?? "0");
  const step = Number(env["SLURM_ARRAY_TASK_STEP"] || "1");
  return checked({
    index: isNumber(task) ? String((Number(task) - least) / step) : task,
    count: env["SLURM_ARRAY_TASK_COUNT"] ?? "",
    first: 0,
    indexName: "SLURM_ARRAY_TASK_ID",
    countName: "SLURM_ARRAY_TASK_COUNT",
    statusFile: undefined,
  });
}

/** What two variables said. */
interface Told {
  readonly index: string;
  readonly count: string;
  readonly first: 0 | 1;
  readonly indexName: string;
  readonly countName: string;
  readonly statusFile: string | undefined;
}

function checked({ index, count, first, indexName, countName, statusFile }: Told): Shard {
  const number = Number(index) - first + 1;
  const total = Number(count);
  const fits = isNumber(index) && isNumber(count) && number >= 1 && number <= total && total <= MAX_SHARDS;
  if (fits) return { index: number, count: total, source: indexName, statusFile };
  throw new UsageError(
    `Cannot tell the shard: by ${indexName} it is number "${
      visibleText(index)
    }" (from ${first}), by ${countName} there are "${
      visibleText(count)
    }"; set PREKILL_SHARD_INDEX (from 1) and PREKILL_SHARDS`,
  );
}

function isNumber(text: string): boolean {
  return /^\d{1,9}$/.test(text);
}
