import { assertEquals, assertMatch } from "../../support/assert.ts";
import { runCli } from "../../support/run_cli.ts";
import { withTempDir } from "../../support/with_temp_dir.ts";

Deno.test("run refuses places where no file can be before any test starts, and leaves them as they are", async () => {
  await withTempDir(async (cwd) => {
    Deno.writeTextFileSync(`${cwd}/list`, "1\n");
    Deno.symlinkSync("list", `${cwd}/link`);
    const cases: [args: string[], code: number, sentence: RegExp][] = [
      [["--junit", ""], 2, /^prekill: Cannot write --junit "": the name is empty; .*\n$/],
      [["--junit", "."], 2, /^prekill: Cannot write --junit ".": it is a directory; .*\n$/],
      [["--html", "link"], 2, /^prekill: Cannot write --html "link": it is a symbolic link; .*\n$/],
      [["--session-dir", ""], 125, /^prekill: Cannot use the session directory "": its name is empty; .*\n$/],
    ];
    for (const [args, code, sentence] of cases) {
      const result = await runCli(["run", ...args, "--list-from", "list", "--", "touch", "ran"], { cwd });
      assertEquals([result.code, result.stdout], [code, ""], args.join(" "));
      assertMatch(result.stderr, sentence);
    }
    assertEquals([...Deno.readDirSync(cwd)].map(({ name }) => name).sort(), ["link", "list"]);
  });
});

Deno.test({
  name: "run writes a report to a device, and standard output by its names",
  ignore: Deno.build.os === "windows",
  async fn() {
    await withTempDir(async (cwd) => {
      Deno.writeTextFileSync(`${cwd}/list`, "1\n");
      const args = ["run", "-q", "--list-from", "list", "--", "true"];
      const named = await runCli(["run", "--tap", "/dev/stdout", ...args.slice(1)], { cwd });
      assertEquals([named.code, named.stdout.startsWith("TAP version 14\n")], [0, true]);
      // A link to it would be refused: the device itself, which only root could harm.
      if (Deno.uid() === 0) return;
      const { code, stderr } = await runCli(["run", "--junit", "/dev/full", ...args.slice(1)], { cwd });
      assertEquals(code, 125);
      assertMatch(stderr, /Cannot write the report junit to "\/dev\/full": .*: the disk is full/);
    });
  },
});

Deno.test("run goes on when a test removes its working directory, and says why the next cannot start", async () => {
  await withTempDir(async (directory) => {
    const cwd = `${directory}/gone`;
    Deno.mkdirSync(cwd);
    Deno.writeTextFileSync(`${directory}/list`, "1\n2\n");
    const { code, stdout, stderr } = await runCli([
      ...["run", "-j1", "--session-dir", `${directory}/s`, "--list-from", `${directory}/list`],
      ...["--", "sh", "-c", 'rmdir "$PWD"; : {}'],
    ], { cwd });
    assertEquals([code, stderr.includes("internal error")], [1, false], stderr);
    assertMatch(stdout, /^error .*the working directory .* does not exist/m);
    assertMatch(stdout, /1 passed, 1 error\n/);
  });
});
