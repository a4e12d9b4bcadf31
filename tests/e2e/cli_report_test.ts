import { assert, assertEquals, assertMatch, assertStringIncludes } from "../support/assert.ts";
import { runCli } from "../support/run_cli.ts";
import { sampleText } from "../support/sample_text.ts";
import { withTempDir } from "../support/with_temp_dir.ts";

/** Two sessions with one hang each, the same in both. */
function makeSessions(cwd: string): void {
  for (const session of ["20260101T000000-1", "20260102T000000-2"]) {
    Deno.mkdirSync(`${cwd}/.prekill/${session}`, { recursive: true });
    Deno.writeTextFileSync(`${cwd}/.prekill/${session}/job-7.sample.json`, sampleText());
  }
  Deno.symlinkSync("20260102T000000-2", `${cwd}/.prekill/latest`);
}

Deno.test("report shows the newest session by default, and all or those named when asked", async () => {
  await withTempDir(async (cwd) => {
    makeSessions(cwd);
    const cases: [string[], number][] = [
      [[], 1],
      [["--all"], 2],
      [[".prekill/latest"], 1],
      [[".prekill/20260101T000000-1", ".prekill/20260102T000000-2", ".prekill"], 2],
    ];
    for (const [args, count] of cases) {
      const { code, stdout, stderr } = await runCli(["report", "--json", ...args], { cwd });
      assertEquals([code, stderr], [0, ""], args.join(" "));
      const report = JSON.parse(stdout);
      assertEquals([report.schema, report.sampleCount, report.hangs.length], ["prekill.report/1", count, 1]);
      assertEquals(report.hangs[0].count, count);
    }
    const { stdout } = await runCli(["report"], { cwd });
    assertMatch(
      stdout,
      /^1 hang in \.prekill\/20260102T000000-2\n\n1 × sleep in job, 2026-01-31 10:15:00 UTC\n/,
    );
    assertStringIncludes(stdout, "files: .prekill/20260102T000000-2/job-7.sample\n");
  });
});

Deno.test("report reads compressed samples, and names files that are none on stderr", async () => {
  await withTempDir(async (cwd) => {
    const compressed = new Blob([sampleText()]).stream().pipeThrough(new CompressionStream("gzip"));
    Deno.writeFileSync(`${cwd}/a.sample.json.gz`, await new Response(compressed).bytes());
    Deno.writeTextFileSync(`${cwd}/b.sample.json`, sampleText().slice(0, 50));
    Deno.writeTextFileSync(`${cwd}/c.sample.json.gz`, "not compressed");
    Deno.symlinkSync("nowhere", `${cwd}/d.sample.json`);
    const { code, stdout, stderr } = await runCli(["report", "."], { cwd });
    assertEquals(code, 0);
    assertMatch(stdout, /^1 hang in /);
    assertEquals(stderr.split("\n").map((line) => line.replace(`${cwd}/`, "")), [
      'prekill: Cannot use the sample "b.sample.json": it is cut off or no JSON',
      'prekill: Cannot use the sample "c.sample.json.gz": it is cut off or not compressed by gzip',
      'prekill: Cannot use the sample "d.sample.json": it is unreadable (does not exist)',
      "",
    ]);
  });
});

Deno.test("report exits with 1 and one sentence when there are no samples", async () => {
  await withTempDir(async (cwd) => {
    const nothing = await runCli(["report"], { cwd });
    assertEquals([nothing.code, nothing.stdout], [1, ""]);
    assertMatch(nothing.stderr, /^prekill: Cannot find a run or a sample in "\.prekill": [^\n]*\n$/);
    Deno.mkdirSync(`${cwd}/.prekill/20260101T000000-1`, { recursive: true });
    const empty = await runCli(["report", "--json"], { cwd });
    assertEquals([empty.code, JSON.parse(empty.stdout).hangs], [1, []]);
    assert(!(await runCli(["report", "--all"], { cwd })).stderr.includes("--all"));
  });
});
