import { readShard } from "../../../../src/suite/shard/read_shard.ts";
import { UsageError } from "../../../../src/errors.ts";
import { assertEquals, assertThrows } from "../../../support/assert.ts";

function told(env: Record<string, string>): string | undefined {
  const shard = readShard("auto", env);
  return shard === undefined ? undefined : `${shard.index}/${shard.count} ${shard.source}`;
}

Deno.test("readShard() reads K/N, and refuses what is none", () => {
  assertEquals(readShard("2/5", {}), { index: 2, count: 5, source: "--shard" });
  for (const text of ["0/5", "6/5", "1/0", "1", "a/b", "1/5/6", "", "-1/5", "1/999999999"]) {
    assertThrows(() => readShard(text, {}), UsageError, "write K/N, such as 2/5");
  }
});

Deno.test("readShard() asks the variables of each machine, which count from 0 or from 1", () => {
  assertEquals(told({}), undefined);
  assertEquals(told({ CI_NODE_INDEX: "2", CI_NODE_TOTAL: "3" }), "2/3 CI_NODE_INDEX");
  assertEquals(told({ CIRCLE_NODE_INDEX: "2", CIRCLE_NODE_TOTAL: "3" }), "3/3 CIRCLE_NODE_INDEX");
  const buildkite = { BUILDKITE_PARALLEL_JOB: "0", BUILDKITE_PARALLEL_JOB_COUNT: "2" };
  assertEquals(told(buildkite), "1/2 BUILDKITE_PARALLEL_JOB");
  assertEquals(told({ JOB_COMPLETION_INDEX: "0", PREKILL_SHARDS: "4" }), "1/4 JOB_COMPLETION_INDEX");
  assertEquals(told({ PREKILL_SHARD_INDEX: "4", PREKILL_SHARDS: "4" }), "4/4 PREKILL_SHARD_INDEX");
});

Deno.test("readShard() tells Bazel's file, which shows that shards are understood", () => {
  const env = { TEST_SHARD_INDEX: "1", TEST_TOTAL_SHARDS: "2", TEST_SHARD_STATUS_FILE: "/t/status" };
  const expected = { index: 2, count: 2, source: "TEST_SHARD_INDEX", statusFile: "/t/status" };
  assertEquals(readShard("auto", env), expected);
});

Deno.test("readShard() knows the build, when the machine names it", () => {
  assertEquals(readShard("1/2", { GITHUB_RUN_ID: "77" })?.build, "77");
  assertEquals(readShard("1/2", { PREKILL_BUILD: "b", CI_PIPELINE_ID: "9" })?.build, "b");
  assertEquals(
    readShard("auto", { CI_NODE_INDEX: "1", CI_NODE_TOTAL: "2", CI_PIPELINE_ID: "9" })?.build,
    "9",
  );
  assertEquals(readShard("auto", { CI_PIPELINE_ID: "9" }), undefined);
});

Deno.test("readShard() counts the tasks of a Slurm array as the user numbered them", () => {
  const array = { SLURM_ARRAY_TASK_MIN: "10", SLURM_ARRAY_TASK_STEP: "10", SLURM_ARRAY_TASK_COUNT: "5" };
  assertEquals(told({ SLURM_ARRAY_TASK_ID: "30", ...array }), "3/5 SLURM_ARRAY_TASK_ID");
  assertThrows(() => told({ SLURM_ARRAY_TASK_ID: "35", ...array }), UsageError, "set PREKILL_SHARD_INDEX");
  assertThrows(() => told({ SLURM_ARRAY_TASK_ID: "90", ...array }), UsageError, "set PREKILL_SHARD_INDEX");
});

Deno.test("readShard() goes on where a machine tells only half, as for a job that is alone", () => {
  assertEquals(told({ CI_NODE_TOTAL: "1" }), undefined);
  assertEquals(told({ CIRCLE_NODE_INDEX: "0", CI_NODE_INDEX: "1", CI_NODE_TOTAL: "2" }), "1/2 CI_NODE_INDEX");
});

Deno.test("readShard() refuses variables that are missing or contradict each other", () => {
  assertThrows(() => told({ JOB_COMPLETION_INDEX: "0" }), UsageError, "PREKILL_SHARDS is not set");
  assertThrows(() => told({ CI_NODE_INDEX: "4", CI_NODE_TOTAL: "3" }), UsageError, "by CI_NODE_INDEX it is");
  assertThrows(() => told({ CI_NODE_INDEX: "x", CI_NODE_TOTAL: "3" }), UsageError, "Cannot tell the shard");
});
