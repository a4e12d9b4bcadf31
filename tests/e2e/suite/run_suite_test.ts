import { runSuite } from "../../../src/suite/run_suite.ts";
import type { SuiteEvent } from "../../../src/suite_events.ts";
import { assert, assertEquals, assertMatch, assertThrows } from "../../support/assert.ts";
import { exists } from "../../support/exists.ts";
import { runEvents, shellTest } from "../../support/run_events.ts";
import { waitUntil } from "../../support/wait_until.ts";
import { withTempDir } from "../../support/with_temp_dir.ts";

/** Letter of proc(5); empty for a process that is gone. */
function stateOf(pid: number): string {
  const path = `/proc/${pid}/stat`;
  return exists(path) ? /\) (.)/.exec(Deno.readTextFileSync(path))?.[1] ?? "" : "";
}

function isAlive(pid: number): boolean {
  return !["", "Z", "X"].includes(stateOf(pid));
}

Deno.test("runSuite() tells statuses apart, keeps the logs of what did not pass, and journals all of it", async () => {
  await withTempDir(async (sessionDir) => {
    const run = await runEvents([
      shellTest("../pass", "echo fine"),
      shellTest("fail", "echo broken; exit 3"),
      shellTest("crash", "kill -s SEGV $$"),
      shellTest("skip", "exit 77", { skipCodes: [77] }),
      shellTest("empty", "exit 5", { emptyCodes: [5] }),
      shellTest("hang", "sleep 60", { timeoutMs: 300, graceMs: 100 }),
      shellTest("expected", "sleep 60", { timeoutMs: 300, graceMs: 100, expectTimeout: true }),
      { ...shellTest("missing", ""), command: ["no-such-program-of-prekill"] },
      { ...shellTest("nowhere", ""), cwd: `${sessionDir}/none` },
      shellTest("left out", "", { skip: "not on this system" }),
    ], { sessionDir, jobs: 4 });
    assertEquals(run.settled, [
      "../pass passed 1",
      "crash crashed 1",
      "empty skipped 1",
      "expected passed 1",
      "fail failed 1",
      "hang timed-out 1",
      "left out skipped 0",
      "missing error 1",
      "nowhere error 1",
      "skip skipped 1",
    ]);
    assertEquals(run.exitCode, 1);
    assertEquals(run.events.map(({ seq }) => seq), run.events.map((_, index) => index + 1));
    const journal = Deno.readTextFileSync(`${sessionDir}/events.ndjson`).trimEnd().split("\n");
    assertEquals(journal.map((line) => JSON.parse(line)), JSON.parse(JSON.stringify(run.events)));
    const attempts = new Map(run.of("attempt-settled").map((event) => [event.testId, event]));
    assertEquals(attempts.get("fail")?.tail, "broken\n");
    assertEquals(Deno.readTextFileSync(`${sessionDir}/${attempts.get("fail")?.logPath}`), "broken\n");
    assertEquals([...Deno.readDirSync(`${sessionDir}/logs`)].length, 1);
    assertEquals(attempts.get("hang")?.hook?.diagnosis?.cause, "sleep");
    assertMatch(
      attempts.get("nowhere")?.reason ?? "",
      /command "sh": the working directory .* does not exist/,
    );
    assertMatch(attempts.get("missing")?.reason ?? "", /no such program in PATH/);
  });
});

Deno.test("runSuite() gives each attempt its number and an empty folder, which is removed, when it is tried again", async () => {
  await withTempDir(async (sessionDir) => {
    const script = `
      [ -z "$(ls -A "$TMPDIR")" ] || exit 9
      mkdir -p "$PREKILL_TMPDIR/x/y"; echo "$TMPDIR $PREKILL_TEST $PREKILL_SHARD $PREKILL_ATTEMPT"
      [ "$PREKILL_ATTEMPT" = 3 ]`;
    const options = { sessionDir, retries: 2, retryDelayMs: 10, shard: "2/5", keepLogs: true };
    const run = await runEvents([shellTest("t", script)], options);
    assertEquals(run.settled, ["t flaky 3"]);
    assertEquals(run.exitCode, 0);
    assertEquals(run.of("retry-planned").map(({ afterMs }) => afterMs), [10, 20]);
    const logs = run.of("attempt-settled").map(({ logPath }) =>
      Deno.readTextFileSync(`${sessionDir}/${logPath}`).trim().split(" ")
    );
    assertEquals(
      logs.map((words) => words.slice(1)),
      ["1", "2", "3"].map((attempt) => ["t", "2/5", attempt]),
    );
    assert(logs.every(([folder]) => !exists(folder!)));
  });
});

Deno.test("runSuite() finds what left its session and its group, when the test ended at once", async () => {
  await withTempDir(async (sessionDir) => {
    const run = await runEvents([
      shellTest("leak", "setsid sleep 60 & exit 0"),
      shellTest("clean", "exit 0"),
    ], { sessionDir, leaks: "fail" });
    assertEquals(run.settled, ["clean passed 1", "leak leaked 1"]);
    const leaks = run.of("attempt-settled").find(({ testId }) => testId === "leak")?.leaks ?? [];
    assertEquals(leaks.map(({ command, fate }) => [command.join(" "), fate]), [["sleep 60", "killed"]]);
    assert(!isAlive(leaks[0]!.pid));
  });
});

Deno.test("runSuite() samples the hang to its end and ends the others, when it runs until a failure", async () => {
  await withTempDir(async (sessionDir) => {
    const run = await runEvents([
      shellTest("hang", "sleep 60", { timeoutMs: 200, graceMs: 100 }),
      shellTest("other", "sleep 60", { graceMs: 100 }),
      shellTest("late", "true"),
    ], { sessionDir, untilFailure: true });
    assertEquals(run.settled, ["hang timed-out 1", "late not-run 0", "other not-run 1"]);
    assertEquals(run.of("stopping").map(({ reason }) => reason), ["until-failure"]);
    assert(run.of("sampled")[0]?.hook.diagnosis !== undefined);
  });
});

Deno.test("runSuite() ends the run in order, when it is stopped by a signal", async () => {
  await withTempDir(async (sessionDir) => {
    const list = [shellTest("a", "sleep 60"), shellTest("b", "true"), shellTest("c", "true")];
    const run = await runEvents(list, { sessionDir, jobs: 1, hook: false }, (event, { stop }) => {
      if (event.kind === "attempt-started") stop({ signal: "SIGTERM" });
    });
    assertEquals(run.settled, ["a not-run 1", "b not-run 0", "c not-run 0"]);
    assertEquals(run.exitCode, 143);
  });
});

Deno.test("runSuite() runs nothing, when its signal was aborted before", async () => {
  await withTempDir(async (sessionDir) => {
    const run = await runEvents([shellTest("a", "true")], { sessionDir, signal: AbortSignal.abort() });
    assertEquals(run.settled, ["a not-run 0"]);
    assertEquals(run.of("attempt-started"), []);
    assertEquals(run.exitCode, 1);
  });
});

Deno.test("runSuite() ends everything, when the time for the whole run is over", async () => {
  await withTempDir(async (sessionDir) => {
    const list = [shellTest("a", "sleep 60"), shellTest("b", "true")];
    const run = await runEvents(list, { sessionDir, jobs: 1, maxTimeMs: 100, hook: false });
    assertEquals(run.settled, ["a not-run 1", "b not-run 0"]);
    assertEquals(run.of("stopping").map(({ reason }) => reason), ["max-time"]);
  });
});

Deno.test("runSuite() stops tests and their clocks while it is paused, and looks at them when asked", async () => {
  await withTempDir(async (sessionDir) => {
    let pid = 0;
    const list = [{ ...shellTest("a", ""), command: ["sleep", "1"] as [string, string], timeoutMs: 3000 }];
    const run = await runEvents(list, { sessionDir }, (event, run) => {
      if (event.kind === "attempt-started") {
        pid = event.pid;
        run.look();
      } else if (event.kind === "light-sample") {
        run.pause();
        waitUntil("the test is stopped", () => stateOf(pid) === "T").then(() => run.continue());
      }
    });
    assertEquals(run.settled, ["a passed 1"]);
    assertMatch(run.of("light-sample")[0]?.summary ?? "", /sleep/);
    assertEquals([run.of("paused").length, run.of("continued").length], [1, 1]);
  });
});

Deno.test("runSuite() carries a run on, when it is given what is settled", async () => {
  await withTempDir(async (sessionDir) => {
    Deno.writeTextFileSync(`${sessionDir}/events.ndjson`, '{"seq":7,"id":"x"}\n{"seq":8,"ki');
    const resume = {
      id: "3f0e9d4e-8d1f-4f9c-9c52-0d6f2f0f0f0f",
      lastSeq: 7,
      settled: [{ testId: "a", status: "failed" as const }],
      attempts: new Map(),
    };
    const run = await runEvents([shellTest("a", "true"), shellTest("b", "true")], { sessionDir, resume });
    assertEquals(run.settled, ["b passed 1"]);
    assertEquals(run.events[0]?.kind, "run-resumed");
    assertEquals(
      run.events.map(({ seq, id }) => [seq, id]),
      run.events.map((_, index) => [8 + index, resume.id]),
    );
    assertEquals(run.of("run-settled")[0]?.counts.failed, 1);
    const lines = Deno.readTextFileSync(`${sessionDir}/events.ndjson`).split("\n");
    assertEquals(lines[1], '{"seq":8,"ki');
    assertEquals(JSON.parse(lines[2]!).seq, 8);
  });
});

Deno.test("runSuite() stops after a few, when the command does not exist", async () => {
  await withTempDir(async (sessionDir) => {
    const list = Array.from({ length: 20 }, (_, index) => ({
      ...shellTest(`t${index}`, ""),
      command: ["no-such-program-of-prekill"] as [string],
    }));
    const run = await runEvents(list, { sessionDir });
    const { counts } = run.of("run-settled")[0]!;
    assert(counts.error >= 5 && counts.error <= 6 && counts.error + counts["not-run"] === 20);
    assertMatch(run.of("stopping")[0]?.detail ?? "", /in a row.*no such program in PATH/);
  });
});

Deno.test("runSuite() goes on, when the folder of the logs is removed meanwhile", async () => {
  await withTempDir(async (sessionDir) => {
    const list = [shellTest("a", `rm -r ${sessionDir}/logs`), shellTest("b", "true")];
    const run = await runEvents(list, { sessionDir, jobs: 1 });
    assertEquals(run.settled, ["a passed 1", "b passed 1"]);
    assertMatch(run.of("warning")[0]?.message ?? "", /has been created again/);
  });
});

Deno.test("runSuite() says so and does not exit with 0, when the journal is lost", async () => {
  await withTempDir(async (folder) => {
    const sessionDir = `${folder}/session`;
    const list = [shellTest("a", `rm ${sessionDir}/events.ndjson`)];
    const run = await runEvents(list, { sessionDir });
    assertEquals(run.settled, ["a passed 1"]);
    assertEquals(run.exitCode, 125);
    assertMatch(run.of("warning")[0]?.message ?? "", /cannot be resumed/);
  });
});

Deno.test("runSuite() ends what it has started, when the reader leaves early", async () => {
  await withTempDir(async (sessionDir) => {
    let started: (SuiteEvent & { kind: "attempt-started" }) | undefined;
    for await (const event of runSuite([shellTest("a", "sleep 60")], { sessionDir, hook: false })) {
      if (event.kind !== "attempt-started") continue;
      started = event;
      break;
    }
    assert(!isAlive(started!.pid));
  });
});

Deno.test("runSuite() refuses tests with one id and the folder of another run", async () => {
  await withTempDir(async (sessionDir) => {
    const list = [shellTest("a", "true")];
    assertThrows(() => runSuite([...list, ...list], { sessionDir }), Error, "planned twice");
    await runEvents(list, { sessionDir });
    assertThrows(() => runSuite(list, { sessionDir }), Error, "holds another run");
  });
});
