import { assertEquals, assertMatch, assertStringIncludes } from "../support/assert.ts";
import { isOnPath } from "../support/is_on_path.ts";
import { runCli } from "../support/run_cli.ts";
import { withTempDir } from "../support/with_temp_dir.ts";

const PROJECTS = new URL("../fixtures/projects", import.meta.url).pathname;

/** What each test of `projects/mixed` comes to, with one retry. */
const MIXED: Readonly<Record<string, readonly [status: string, runner: string]>> = {
  "deno/fails_test.ts": ["failed", "deno-test"],
  "deno/passes_test.ts": ["passed", "deno-test"],
  "node/fails.test.js": ["failed", "node-test"],
  "node/passes.test.js": ["passed", "node-test"],
  "python/test_fails.py": ["failed", "unittest"],
  "python/test_passes.py": ["passed", "unittest"],
  "with space/test_crashes": ["crashed", "executable"],
  "with space/test_fails_once": ["flaky", "executable"],
  "with space/test_hangs": ["timed-out", "executable"],
  "with space/test_it 'passes'": ["passed", "executable"],
  "with space/test_skips": ["skipped", "executable"],
};

interface ListedTest {
  readonly testId: string;
  readonly runner: string;
}

function linesOf<T>(text: string): T[] {
  return text.split("\n").filter((line) => line !== "").map((line) => JSON.parse(line) as T);
}

Deno.test({
  name: "run comes to what is known of each test, in a project of all kinds without configuration",
  ignore: !isOnPath("node") || !isOnPath("python3"),
  async fn() {
    await withTempDir(async (sessions) => {
      const cwd = `${sessions}/mixed`;
      await new Deno.Command("cp", { args: ["-R", `${PROJECTS}/mixed`, cwd] }).output();
      const listed = await runCli(["run", "--list", "--json"], { cwd });
      const runners = linesOf<ListedTest>(listed.stdout).map(({ testId, runner }) => [testId, runner]);
      const known = Object.entries(MIXED);
      assertEquals(
        Object.fromEntries(runners),
        Object.fromEntries(known.map(([id, [, runner]]) => [id, runner])),
      );

      const args = ["run", "--retries", "1", "--session-dir", `${sessions}/s`, "--events", "-"];
      const limits = [
        "-t",
        "60",
        "--sample-time",
        "50ms",
        "--idle-timeout",
        "0",
        "--config",
        `${sessions}/prekill.json`,
      ];
      Deno.writeTextFileSync(
        `${sessions}/prekill.json`,
        JSON.stringify({
          overrides: [{ files: `${cwd}/with space/test_hangs`, timeout: "500ms", retries: 0 }],
        }),
      );
      const { code, stdout, stderr } = await runCli([...args, ...limits], { cwd });
      const settled = linesOf<{ kind: string; testId: string; status: string }>(stdout)
        .filter(({ kind }) => kind === "test-settled").map(({ testId, status }) => [testId, status]);
      assertEquals(
        Object.fromEntries(settled),
        Object.fromEntries(known.map(([id, [status]]) => [id, status])),
      );
      assertEquals(code, 1);
      assertMatch(stderr, /TIMED OUT {2}with space\/test_hangs[^]*sleeps for 16 min 40 s/);
      assertStringIncludes(stderr, "one is not two");

      const report = await runCli(["report", "--format", "junit", `${sessions}/s`], { cwd });
      assertEquals(report.code, 1);
      assertMatch(report.stdout, /tests="11" failures="5" errors="0" skipped="1"/);
    });
  },
});

Deno.test("run exits with a code of its own for each way to call it wrongly, with one sentence", async () => {
  await withTempDir(async (cwd) => {
    const cases: [args: string[], code: number, sentence: RegExp][] = [
      [[], 3, /^prekill: Cannot find any test in this folder: .*\n$/],
      [["no_such_file"], 2, /^prekill: Cannot find "no_such_file": .*\n$/],
      [["--jobs", "many"], 2, /^prekill: Cannot use --jobs "many": .*\n$/],
      [["--shufle"], 2, /did you mean --shuffle\?\n$/],
      [["--resume", "."], 2, /^prekill: Cannot carry on the run in ".*": .*\n$/],
      [["--tap", "-", "--junit", "-"], 2, /both to standard output: name a file for one of them\n$/],
      [["--runner", "denotest"], 2, /it must be deno-test, deno, .* or executable\n$/],
      [["--group", "db"], 2, /write --group NAME=GLOB\n$/],
    ];
    for (const [args, code, sentence] of cases) {
      const result = await runCli(["run", ...args], { cwd });
      assertEquals([result.code, result.stdout], [code, ""], args.join(" "));
      assertMatch(result.stderr, sentence);
    }
    assertEquals([...Deno.readDirSync(cwd)], []);
  });
});

Deno.test("run remembers what did not pass, and runs only that with --rerun-failed", async () => {
  await withTempDir(async (cwd) => {
    Deno.writeTextFileSync(`${cwd}/list`, "0\n1\n0x\n");
    const command = ["--list-from", "list", "--json", "--", "sh", "-c", 'exit "$1"', "sh", "{}"];
    assertEquals((await runCli(["run", ...command], { cwd })).code, 1);
    const again = await runCli(["run", "--rerun-failed", ...command], { cwd });
    const { exitCode, counts } = JSON.parse(again.stderr.trim().split("\n").at(-1)!);
    assertEquals([exitCode, counts.passed, counts.failed], [1, 0, 2]);
  });
});

Deno.test("run writes what GitHub shows, and says which report it could not write, with exit code 125", async () => {
  await withTempDir(async (cwd) => {
    Deno.writeTextFileSync(`${cwd}/list`, "1\n");
    const env = { GITHUB_ACTIONS: "true", GITHUB_STEP_SUMMARY: `${cwd}/summary.md` };
    const failing = await runCli(["run", "--list-from", "list", "--", "false"], { cwd, env });
    assertEquals(failing.code, 1);
    assertMatch(failing.stdout, /^::error [^\n]*title=failed/m);
    assertStringIncludes(Deno.readTextFileSync(`${cwd}/summary.md`), "## prekill: 1 failed");
    const passing = await runCli(["run", "--junit", "list/x.xml", "--list-from", "list", "--", "true"], {
      cwd,
    });
    assertEquals(passing.code, 125);
    assertMatch(passing.stderr, /^prekill: Cannot write the report junit to ".*list\/x\.xml": .*\n$/);
  });
});

Deno.test("run with a shard tells Bazel that it knows shards, and passes where it has no share of the tests", async () => {
  await withTempDir(async (cwd) => {
    Deno.writeTextFileSync(`${cwd}/list`, "a\n");
    const env = { TEST_SHARD_INDEX: "1", TEST_TOTAL_SHARDS: "2", TEST_SHARD_STATUS_FILE: `${cwd}/status` };
    const { code, stderr } = await runCli(["run", "--list-from", "list", "--junit", "j.xml", "--", "false"], {
      cwd,
      env,
    });
    assertEquals([code, stderr], [0, "prekill: shard 2/2 has none of the tests (1)\n"]);
    assertEquals(Deno.readTextFileSync(env.TEST_SHARD_STATUS_FILE), "");
    assertStringIncludes(Deno.readTextFileSync(`${cwd}/j.xml`), 'tests="0"');
  });
});

Deno.test("run says what a test was waiting for when the time of the whole run was over, and why one was skipped", async () => {
  await withTempDir(async (cwd) => {
    Deno.writeTextFileSync(`${cwd}/list`, "1000\nskipped\n");
    Deno.writeTextFileSync(
      `${cwd}/prekill.json`,
      JSON.stringify({ overrides: [{ files: "skipped", skip: "known bug 17" }] }),
    );
    const args = ["--max-time", "500ms", "--junit", "j.xml", "--list-from", "list", "--", "sleep", "{}"];
    const { code, stdout } = await runCli(["run", ...args], { cwd });
    assertEquals(code, 1);
    assertMatch(stdout, /^skipped .* skipped: known bug 17$/m);
    assertMatch(
      stdout,
      /^NOT RUN {2}1000 .*\n.*in the middle of it\n {2}sleep \(\w+\): sleep .* sleeps for 16 min/m,
    );
    assertMatch(stdout, /^The run was stopped: the time for the whole run is over$/m);
    const xml = Deno.readTextFileSync(`${cwd}/j.xml`);
    assertMatch(xml, /message="not run: the run ended in the middle of it: sleep .* sleeps for 16 min/);
    assertMatch(xml, /message="skipped: known bug 17"/);
  });
});

Deno.test("report makes one run of several, with one exit code", async () => {
  await withTempDir(async (cwd) => {
    Deno.writeTextFileSync(`${cwd}/list`, "a\nb\nc\nd\ne\n");
    for (const shard of ["1", "2"]) {
      const options = ["--shard", `${shard}/2`, "--session-dir", `shards/${shard}`, "--list-from", "list"];
      const command = ["--", "sh", "-c", 'test "$1" != d', "sh", "{}"];
      await runCli(["run", ...options, ...command], { cwd });
    }
    const { code, stdout } = await runCli(["report", "--format", "tap", "shards/1", "shards/2"], { cwd });
    assertEquals(code, 1);
    assertMatch(stdout, /^TAP version 14\n1\.\.5\n/);
    assertEquals(stdout.match(/^ok \d/gm)?.length, 4);
    const history = JSON.parse(Deno.readTextFileSync(`${cwd}/.prekill/history.json`));
    const parts = Object.values<object>(history.shards.parts);
    assertEquals(parts.flatMap((part) => Object.keys(part)).sort(), ["a", "b", "c", "d", "e"]);
  });
});
