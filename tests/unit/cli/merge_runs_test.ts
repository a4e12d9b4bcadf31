import { mergeRuns } from "../../../src/cli/merge_runs.ts";
import { foldEvents } from "../../../src/report/fold_events.ts";
import type { RunSummary } from "../../../src/report/run_summary.ts";
import { noCounts } from "../../../src/status_counts.ts";
import type { RunPlan, SuiteEvent, SuiteEventBody, TestStatus } from "../../../src/suite_events.ts";
import { assertEquals } from "../../support/assert.ts";

function runOf(
  testId: string,
  status: Exclude<TestStatus, "flaky">,
  exitCode: number | undefined,
): RunSummary {
  const test = { testId, name: testId, file: testId };
  const attempt = { attempt: 1, status, elapsedMs: 5, outputBytes: 1, logPath: `logs/${testId}.log` };
  const bodies: SuiteEventBody[] = [
    { kind: "tests-planned", tests: [{ ...test, runner: "command" }] },
    { kind: "attempt-settled", testId, ...attempt, outcome: { kind: "exited", code: 0 } },
    { kind: "test-settled", ...test, status, attempts: 1, elapsedMs: 5 },
  ];
  if (exitCode !== undefined) {
    bodies.push({ kind: "run-settled", counts: noCounts(), elapsedMs: 7, exitCode });
  }
  const events = bodies.map((body, index): SuiteEvent => ({
    seq: index + 1,
    atMs: 1000,
    id: "run",
    ...body,
  }));
  return foldEvents(events);
}

Deno.test("mergeRuns() counts tests together and finds their logs, when the runs are in several folders", () => {
  const { run, sessionDir } = mergeRuns([
    { run: runOf("a", "passed", 0), sessionDir: "/ci/shards/1" },
    { run: runOf("b", "failed", 1), sessionDir: "/ci/shards/2" },
  ]);
  assertEquals(sessionDir, "/ci/shards");
  assertEquals(run.tests.map(({ attempts }) => attempts[0]?.logPath), ["1/logs/a.log", "2/logs/b.log"]);
  assertEquals([run.counts.passed, run.counts.failed, run.settled?.exitCode], [1, 1, 1]);
});

Deno.test("mergeRuns() tells of the plan what holds for all runs", () => {
  const planOf = (shard: string, name: string): RunPlan => ({
    schema: "prekill.events/1",
    version: "1",
    args: ["--shard", "auto"],
    cwd: "/ci",
    host: { os: "linux", arch: "x86_64", cpus: 2, name },
    jobs: 2,
    tests: 1,
    shard,
  });
  const mergedPlan = (plans: readonly RunPlan[]): RunPlan | undefined =>
    mergeRuns(plans.map((plan, index) => ({
      run: { ...runOf("a", "passed", 0), plan },
      sessionDir: `/ci/${index}`,
    }))).run.plan;
  const apart = mergedPlan([planOf("1/2", "one"), planOf("2/2", "other")]);
  assertEquals([apart?.shard, apart?.host.name, apart?.host.os], [undefined, undefined, "linux"]);
  const same = mergedPlan([planOf("1/2", "one"), planOf("1/2", "one")]);
  assertEquals([same?.shard, same?.host.name], ["1/2", "one"]);
});

Deno.test("mergeRuns() has no end, when one of the runs was killed", () => {
  const { run } = mergeRuns([
    { run: runOf("a", "passed", 0), sessionDir: "/ci/1" },
    { run: runOf("b", "passed", undefined), sessionDir: "/ci/2" },
  ]);
  assertEquals(run.settled, undefined);
});
