import { checkShards } from "../../../src/cli/check_shards.ts";
import { foldEvents } from "../../../src/report/fold_events.ts";
import type { RunSummary } from "../../../src/report/run_summary.ts";
import type { SuiteEventBody } from "../../../src/suite_events.ts";
import { assertEquals } from "../../support/assert.ts";

function shard(name: string | undefined, tests: readonly string[], version = "1.0.0"): RunSummary {
  const bodies: SuiteEventBody[] = [
    {
      kind: "run-started",
      schema: "prekill.events/1",
      version,
      args: [],
      cwd: "/ci",
      host: { os: "linux", arch: "x86_64", cpus: 2 },
      jobs: 1,
      tests: tests.length,
      shard: name,
    },
    {
      kind: "tests-planned",
      tests: tests.map((file) => ({ testId: file, name: file, file, runner: "command" })),
    },
  ];
  return foldEvents(bodies.map((body, index) => ({ seq: index + 1, atMs: 1000, id: "run", ...body })));
}

Deno.test("checkShards() has nothing to say, when all shards are there, or runs are no shards", () => {
  const nothing = { missing: undefined, warnings: [] };
  assertEquals(checkShards([shard("1/2", ["a"]), shard("2/2", ["b"])]), nothing);
  assertEquals(checkShards([shard("2/2", ["a"]), shard("1/2", ["b"]), shard("1/1", ["a"])]), nothing);
  assertEquals(checkShards([shard(undefined, ["a"]), shard(undefined, ["a"])]), nothing);
  assertEquals(checkShards([shard("1/4", ["a"])]), nothing);
  assertEquals(checkShards([shard("9999999/9999999", ["a"]), shard("x", ["b"])]), nothing);
});

Deno.test("checkShards() names the shards that are missing, also when there are many", () => {
  assertEquals(checkShards([shard("1/3", []), shard("3/3", [])]).missing, "Shard 2 of 3 is missing");
  assertEquals(
    checkShards([shard("1/99", []), shard("3/99", [])]).missing,
    "Shards 2, 4, 5, 6, 7, 8, 9, 10, 11, 12 and 87 more of 99 are missing",
  );
  assertEquals(
    checkShards([shard("1/2", []), shard("2/3", [])]).missing,
    "Shard 2 of 2 is missing; Shards 1, 3 of 3 are missing",
  );
});

Deno.test("checkShards() warns of tests that are in more than one shard, and says what that may mean", () => {
  assertEquals(checkShards([shard("1/2", ["a", "b"]), shard("2/2", ["b", "c"])]).warnings, [
    "1 test is in more than one shard, such as b: the shards had not the same tests or history, and others may be in none",
  ]);
  assertEquals(checkShards([shard("1/1", ["a", "b"]), shard("1/1", ["a", "b"])]).warnings, [
    "2 tests are in more than one shard, such as a: a shard that was run again counts twice; leave the earlier out",
  ]);
});

Deno.test("checkShards() warns of runs that were made by different versions", () => {
  assertEquals(checkShards([shard("1/2", ["a"], "1.0.0"), shard("2/2", ["b"], "1.1.0")]).warnings, [
    "the runs are of different versions of prekill: 1.0.0, 1.1.0",
  ]);
});
