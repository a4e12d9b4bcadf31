import { assert, assertEquals, assertMatch, assertStringIncludes } from "../support/assert.ts";
import { markedProcesses } from "../support/marked_processes.ts";
import { cliCommand, type CliResult, runCli } from "../support/run_cli.ts";
import { waitUntil } from "../support/wait_until.ts";
import { withTempDir } from "../support/with_temp_dir.ts";

/** The system's own timeout, to be compared with; undefined where it is not GNU's. */
const GNU_TIMEOUT = ["/usr/bin/timeout", "/bin/timeout", "/usr/local/bin/gtimeout"].find((path) => {
  try {
    const { stdout } = new Deno.Command(path, { args: ["--version"], stderr: "null" }).outputSync();
    return new TextDecoder().decode(stdout).includes("GNU coreutils");
  } catch {
    return false;
  }
});

/** Looks without wasting time, and leaves nothing in the working directory. */
const NO_HOOK = "--no-hook";

async function runGnu(args: readonly string[], env: Record<string, string>): Promise<CliResult> {
  const command = new Deno.Command(GNU_TIMEOUT!, { args: [...args], env, stdin: "null" });
  const { code, stdout, stderr } = await command.output();
  const decoder = new TextDecoder();
  // It calls itself what it was called.
  return {
    code,
    stdout: decoder.decode(stdout),
    stderr: decoder.decode(stderr).replaceAll(GNU_TIMEOUT!, "timeout"),
  };
}

/** Command lines on which all versions of GNU timeout agree. */
const COMPARED: readonly (readonly string[])[] = [
  [],
  ["1"],
  ["x", "true"],
  ["1x", "true"],
  ["1 ", "true"],
  ["", "true"],
  ["nan", "true"],
  [" 1", "true"],
  ["0x10", "true"],
  ["inf", "true"],
  ["1e400", "true"],
  ["-1", "true"],
  ["--", "-1", "true"],
  ["-s", "FOO", "1", "true"],
  ["-s", "999", "1", "true"],
  ["-k", "x", "1", "true"],
  ["--foo=3", "1", "true"],
  ["-z", "1", "true"],
  ["-k"],
  ["--kill-after"],
  ["--s"],
  ["--f=1", "1", "true"],
  ["--v", "1", "true"],
  ["--pre", "1", "true"],
  ["9", "/nonexistent"],
  ["9", "no-such-program"],
  ["9", "it's é"],
  ["9", "/tmp"],
  ["9", ""],
  ["9", "sh", "-c", "echo out; echo err >&2; exit 7"],
  ["9", "sh", "-c", "kill -TERM $$"],
  ["-v", ".1", "sleep", "1000"],
  ["-vk9", "-sINT", "0x1p-4", "sleep", "1000"],
  ["-v", "-s", "RTMIN+1", ".1", "sleep", "1000"],
  ["-v", "--foreground", ".1", "sleep", "1000"],
  ["--preserve-status", ".1", "sleep", "1000"],
  // Without a child, whose end by the signal the shell would or would not tell.
  ["--preserve-status", ".2", "sh", "-c", 'trap "exit 7" TERM; while :; do :; done'],
];

for (const locale of ["C", "C.UTF-8"]) {
  Deno.test({
    name: `timeout does what GNU timeout does in the locale ${locale}`,
    ignore: GNU_TIMEOUT === undefined,
    async fn() {
      const env = { LC_ALL: locale };
      for (const args of COMPARED) {
        const ours = await runCli(["timeout", NO_HOOK, ...args], { env });
        assertEquals(ours, await runGnu(args, env), args.join(" "));
      }
    },
  });
}

Deno.test("timeout sends KILL after a while and then exits with 137", async () => {
  const script = 'trap "" TERM; while :; do sleep .01; done';
  const { code, stderr } = await runCli(["timeout", NO_HOOK, "-v", "-k.1", ".1", "sh", "-c", script], {
    env: { LC_ALL: "C" },
  });
  assertEquals(code, 137);
  assertEquals(
    stderr,
    "timeout: sending signal TERM to command 'sh'\ntimeout: sending signal KILL to command 'sh'\n",
  );
});

Deno.test("timeout tells of signal 0 and lets the command run to its end", async () => {
  const { code, stderr } = await runCli(["timeout", NO_HOOK, "-vs0", ".1", "sleep", ".3"], {
    env: { LC_ALL: "C" },
  });
  assertEquals([code, stderr], [124, "timeout: sending signal 0 to command 'sleep'\n"]);
});

Deno.test("timeout writes a sample without a word, and explains when asked", async () => {
  await withTempDir(async (directory) => {
    const silent = await runCli(["timeout", "--sample-time=50ms", ".2", "sleep", "1000"], { cwd: directory });
    assertEquals(silent, { code: 124, stdout: "", stderr: "" });
    const names = [...Deno.readDirSync(`${directory}/.prekill/latest`)].map((entry) => entry.name);
    assert(names.some((name) => /^sleep-\d+\.sample$/.test(name)), names.join());
    const options = ["--explain", "--sample-time=50ms", "--session-dir=out"];
    const told = await runCli(["timeout", ...options, ".2", "sleep", "1000"], { cwd: directory });
    assertEquals(told.code, 124);
    assertMatch(
      told.stderr,
      /^timeout: sleep \(.*\n(timeout: .*\n)*timeout: sample: .*\/out\/sleep-\d+\.sample\n$/,
    );
  });
});

for (const [sent, code] of [["SIGTERM", 33], ["SIGUSR1", 34]] as const) {
  Deno.test(`timeout hands ${sent} on to the command, whose own exit code counts`, async () => {
    const mark = crypto.randomUUID();
    const script = 'trap "exit 33" TERM; trap "exit 34" USR1; echo ready; while :; do sleep .01; done';
    const [program, ...args] = cliCommand(["timeout", "1000", "sh", "-c", script]);
    const child = new Deno.Command(program, {
      args,
      env: { CLI_TEST_MARK: mark },
      stdin: "null",
      stdout: "piped",
    }).spawn();
    const reader = child.stdout.getReader();
    await waitUntil("the command runs", async () => (await reader.read()).value);
    child.kill(sent);
    await reader.cancel();
    assertEquals((await child.status).code, code);
    await waitUntil("nothing is left", () => markedProcesses("CLI_TEST_MARK", mark).length === 0);
  });
}

Deno.test("timeout takes ALRM for the timeout", async () => {
  const [program, ...args] = cliCommand([
    "timeout",
    NO_HOOK,
    "1000",
    "sh",
    "-c",
    "echo ready; exec sleep 1000",
  ]);
  const child = new Deno.Command(program, { args, stdin: "null", stdout: "piped" }).spawn();
  const reader = child.stdout.getReader();
  await waitUntil("the command runs", async () => (await reader.read()).value);
  child.kill("SIGALRM");
  await reader.cancel();
  assertEquals((await child.status).code, 124);
});

Deno.test("timeout leaves what the command left behind, as GNU timeout does", async () => {
  const mark = crypto.randomUUID();
  const { code, stderr } = await runCli(["timeout", "9", "sh", "-c", "sleep 1000 >/dev/null 2>&1 &"], {
    env: { CLI_TEST_MARK: mark },
  });
  const left = markedProcesses("CLI_TEST_MARK", mark);
  for (const { pid } of left) Deno.kill(pid, "SIGKILL");
  assertEquals([code, stderr, left.length], [0, "", 1]);
});

Deno.test("timeout lets the command ignore SIGPIPE where the shell around it does", async () => {
  const command = cliCommand([
    "timeout",
    "9",
    "sh",
    "-c",
    "read -r _ mask <<E\n$(grep SigIgn /proc/self/status)\nE\necho $mask",
  ]);
  const ignored = async (script: string): Promise<boolean> => {
    const { stdout } = await new Deno.Command("sh", { args: ["-c", script, ...command] }).output();
    return (parseInt(new TextDecoder().decode(stdout), 16) & 1 << 12) !== 0;
  };
  assertEquals(await ignored('trap "" PIPE; "$0" "$@"; :'), true);
  assertEquals(await ignored('trap - PIPE; "$0" "$@"; :'), false);
});

Deno.test("timeout tells of a wrong value of an option of its own", async () => {
  const { code, stderr } = await runCli(["timeout", "--sample-time=x", "1", "true"]);
  assertEquals(code, 125);
  assertStringIncludes(stderr, 'Cannot read the duration "x"');
});
