import { assert, assertEquals, assertMatch, assertStringIncludes } from "../support/assert.ts";
import { isOnPath } from "../support/is_on_path.ts";
import { withTempDir } from "../support/with_temp_dir.ts";

const CONFIG = new URL("../../deno.json", import.meta.url).pathname;

/** Runs an example to its end. */
async function runExample(
  name: string,
  args: readonly string[],
  cwd: string,
): Promise<{ code: number; lines: string[] }> {
  const example = new URL(`../../examples/${name}`, import.meta.url).pathname;
  const { code, stdout } = await new Deno.Command(Deno.execPath(), {
    args: ["run", "-A", "--no-check", "--config", CONFIG, example, ...args],
    cwd,
    stdin: "null",
    stderr: "inherit",
  }).output();
  return { code, lines: new TextDecoder().decode(stdout).trim().split("\n") };
}

Deno.test("examples/derive_driver.ts tells what happens, and where the sample is", async () => {
  await withTempDir(async (cwd) => {
    const { code, lines } = await runExample("derive_driver.ts", [], cwd);
    assertEquals(code, 0);
    assertEquals(lines[0], "sleep runs");
    assert(lines.includes("sleep has ended: timed-out"));
    const kinds = lines.filter((line) => line.startsWith("- ")).map((line) => line.slice(2));
    assertEquals(kinds.at(0), "attempt-started");
    assertEquals(kinds.at(-1), "attempt-settled");
    const sample = lines.find((line) => line.endsWith(".sample"))?.slice("sample: ".length);
    assertStringIncludes(Deno.readTextFileSync(sample!), "sleep hangs for");
  });
});

Deno.test("examples/run_suite.ts runs what it finds, says why a test hangs, and writes a JUnit file", async () => {
  await withTempDir(async (cwd) => {
    Deno.writeTextFileSync(`${cwd}/test_hangs`, "#!/bin/sh\nexec sleep 1000\n", { mode: 0o755 });
    Deno.writeTextFileSync(`${cwd}/test_passes`, "#!/bin/sh\n", { mode: 0o755 });
    const { code, lines } = await runExample("run_suite.ts", [cwd], cwd);
    assertEquals(code, 1);
    assert(lines.some((line) => /^test_passes: passed after \d/.test(line)));
    assert(lines.some((line) => /^test_hangs hangs: .*sleeps for 16 min 40 s/.test(line)));
    assert(lines.some((line) => line.startsWith("test_hangs: timed-out after ")));
    const report = lines.find((line) => line.startsWith("report: "))?.slice("report: ".length);
    assertMatch(Deno.readTextFileSync(report!), /tests="2" failures="1"[^]*sleep \(\w+\): sleep/);
  });
});

Deno.test({
  name: "examples/prespawn.ts runs a script in interpreters that have started before",
  ignore: Deno.build.os === "windows" || !isOnPath("python3"),
  async fn() {
    await withTempDir(async (cwd) => {
      Deno.writeTextFileSync(
        `${cwd}/script.py`,
        `import os, sys\nprint("hello", os.environ["ROUND"], *sys.argv[1:])\nsys.exit(3)\n`,
      );
      const { code, lines } = await runExample("prespawn.ts", ["script.py", "a"], cwd);
      const expected = [1, 2, 3].flatMap((round) => [`hello ${round} a`, `round ${round}: exit code 3`]);
      assertEquals([code, lines], [0, expected]);
    });
  },
});
