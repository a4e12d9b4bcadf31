import { assertEquals, assertMatch } from "../../support/assert.ts";
import { cliCommand, runCli } from "../../support/run_cli.ts";
import { withTempDir } from "../../support/with_temp_dir.ts";

/** Runs a line of bash in which `"$@"` is the command line of prekill. */
async function inBash(line: string, args: readonly string[], cwd: string): Promise<[number, string]> {
  const { code, stdout, stderr } = await new Deno.Command("bash", {
    args: ["-c", line, "bash", ...cliCommand(args)],
    cwd,
    stdin: "null",
  }).output();
  return [code, new TextDecoder().decode(stdout) + new TextDecoder().decode(stderr)];
}

Deno.test({
  name: "run reads a list from <(…), from a FIFO and from standard input by its name",
  ignore: Deno.build.os !== "linux",
  async fn() {
    await withTempDir(async (cwd) => {
      const end = "-- true";
      const lines = [
        `exec "$@" --list-from <(printf '1\\n2\\n') ${end}`,
        `mkfifo fifo; printf '1\\n2\\n' >fifo & exec "$@" --list-from fifo ${end}`,
        `printf '1\\n2\\n' | "$@" --list-from /dev/stdin ${end}`,
      ];
      for (const line of lines) {
        const [code, text] = await inBash(line, ["run", "-q", "--session-dir", crypto.randomUUID()], cwd);
        assertEquals(code, 0, text);
        assertMatch(text, /^2 tests in .*: 2 passed\n$/);
      }
    });
  },
});

Deno.test("run says what is wrong with a list, a name or a command that is not there", async () => {
  await withTempDir(async (cwd) => {
    Deno.writeTextFileSync(`${cwd}/list`, "1\n");
    const cases: [args: string[], code: number, sentence: RegExp][] = [
      [["--list-from", "/dev/null", "--", "true"], 3, /^prekill: Cannot find any test: the list is empty\n$/],
      [
        ["--list-from", "/dev/zero", "--", "true"],
        2,
        /it is longer than 256 MiB; name a file, or folders\n$/,
      ],
      [["--list-from", "list", "--"], 2, /^prekill: Cannot find a command after "--": .*\n$/],
      [["a\ufffd_test"], 2, /^prekill: Cannot find "a\ufffd_test": its name is not UTF-8; .*\n$/],
      [["--jobs", "0"], 2, /^prekill: Cannot use --jobs "0": .* number from 1 on, or auto\n$/],
      [["--jobs", "99999999999"], 2, /it must be at most 999999999, or auto\n$/],
      [["--repeat", "1000000"], 2, /^prekill: Cannot use --repeat "1000000": it must be at most 100000\n$/],
      [["--resume", "list"], 2, /"[^"]*": it is not a directory; name that of the session\n$/],
    ];
    for (const [args, code, sentence] of cases) {
      const result = await runCli(["run", ...args], { cwd });
      assertEquals([result.code, result.stdout], [code, ""], args.join(" "));
      assertMatch(result.stderr, sentence);
    }
    const report = await runCli(["report", "list"], { cwd });
    assertMatch(report.stderr, /^prekill: Cannot report on ".*": is not a directory; .*\n$/);
  });
});

Deno.test("run does not pass over a prekill.json that it cannot read", async () => {
  await withTempDir(async (cwd) => {
    Deno.writeTextFileSync(`${cwd}/list`, "1\n");
    const spoil: [how: () => void, why: string][] = [
      [() => Deno.mkdirSync(`${cwd}/prekill.json`), "is a directory"],
      [() => Deno.symlinkSync("nowhere", `${cwd}/prekill.json`), "does not exist"],
      [() => Deno.writeFileSync(`${cwd}/prekill.json`, new Uint8Array(5_000_000)), "is larger than 4 MiB"],
    ];
    for (const [how, why] of spoil) {
      how();
      const { code, stderr } = await runCli(["run", "--list-from", "list", "--", "true"], { cwd });
      assertEquals([code, stderr.includes(`prekill.json": ${why}; `)], [2, true], stderr);
      Deno.removeSync(`${cwd}/prekill.json`);
    }
  });
});
