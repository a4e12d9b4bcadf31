import { assert, assertEquals, assertMatch, assertStringIncludes } from "../support/assert.ts";
import { runCli } from "../support/run_cli.ts";
import { withTempDir } from "../support/with_temp_dir.ts";

const SUBCOMMANDS = ["exec", "run", "timeout", "sample", "report", "doctor", "completions"];

Deno.test("prekill answers --help and --version of each subcommand on stdout", async () => {
  for (const words of [[], ...SUBCOMMANDS.map((name) => [name])]) {
    const help = await runCli([...words, "--help"]);
    assertEquals([help.code, help.stderr], [0, ""]);
    assertMatch(help.stdout, /^Usage: /);
    const version = await runCli([...words, "--version"]);
    assertEquals([version.code, version.stderr], [0, ""]);
    assertMatch(version.stdout, /^(prekill|timeout \(prekill\)) \d+\.\d+\.\d+\n$/);
  }
});

Deno.test("prekill help is --help, of a subcommand too", async () => {
  const same = [
    [["help"], ["--help"]],
    [["help", "run"], ["run", "-h"]],
    [["help", "run", "--all"], ["run", "--help=all"]],
  ];
  for (const [words, options] of same) assertEquals(await runCli(words!), await runCli(options!));
});

Deno.test("prekill refuses wrong input with one sentence on stderr and exit code 125", async () => {
  await withTempDir(async (directory) => {
    Deno.writeTextFileSync(`${directory}/file`, "");
    const cases: [string[], string][] = [
      [[], "no subcommand was given; it is one of exec, run, timeout, sample, report, doctor, completions"],
      [["exce"], 'Cannot run the subcommand "exce": there is no such subcommand; did you mean prekill exec?'],
      [["make"], "to run a program write prekill exec -- make"],
      [["--versoin"], "did you mean --version?"],
      [["exec", "--timout", "1", "true"], "did you mean --timeout?"],
      [["exec", "-t", "x", "true"], 'Cannot read the duration "x"'],
      [["exec", "-s", "FOO", "true"], 'Cannot use the signal "FOO"'],
      [["exec"], "no command was given"],
      [["exec", "--session-dir", "file", "true"], "it is a file"],
      [["exec", "--session-dir", "file/x", "true"], "is a file"],
      [["exec", "--session-dir", "/proc/x", "true"], 'Cannot use the session directory "/proc/x"'],
      [["exec", "--hooks-dir", "missing", "true"], 'Cannot use the hooks folder "missing"'],
      [["exec", "--hooks-dir", "file", "true"], 'Cannot use the hooks folder "file": '],
      [["sample"], "no process was given; write prekill sample PID"],
      [["sample", "x"], 'Cannot sample the process "x"'],
      [["sample", "1", "2"], "give one process"],
      [["sample", "--watch=0", "1"], 'Cannot look every "0": that is no time; write such as --watch=5s'],
      [["sample", "--watch=often", "1"], 'Cannot read the duration "often"'],
      [["report", "missing"], "does not exist; name a session directory"],
      [["report", "file"], "name a session directory"],
      [["report", "--fromat", "tap"], "did you mean --format?"],
      [["sample", "--wach", "1"], "did you mean --watch?"],
      [["doctor", "--jsn"], "did you mean --json?"],
      [["completions"], "name one shell, bash, zsh, fish"],
      [
        ["completions", "csh"],
        'Cannot print completions for the shell "csh": there are those for bash, zsh, fish',
      ],
      [["completions", "--hepl"], "did you mean --help?"],
      [["doctor", "x"], "only options are taken here"],
    ];
    for (const [args, text] of cases) {
      const { code, stdout, stderr } = await runCli(args, { cwd: directory });
      assertEquals([code, stdout], [125, ""], args.join(" "));
      assertStringIncludes(stderr, text);
      assertMatch(stderr, /^prekill: Cannot [^\n]*\n$/);
    }
    assertEquals([...Deno.readDirSync(directory)].map((entry) => entry.name), ["file"]);
  });
});

Deno.test("prekill shows escape codes in what the user wrote instead of sending them", async () => {
  const { stderr } = await runCli(["exec", "--x\x1b[2J", "true"]);
  assert(!stderr.includes("\x1b"));
  assertStringIncludes(stderr, "--x\\x1b[2J");
});

Deno.test("prekill is timeout when PREKILL_ARGV0 says that it was called so, and does not hand that on", async () => {
  const script = 'echo "[$PREKILL_ARGV0]"; exit 5';
  const env = { PREKILL_ARGV0: "/usr/local/bin/timeout" };
  assertEquals(await runCli(["10", "sh", "-c", script], { env }), { code: 5, stdout: "[]\n", stderr: "" });
});
