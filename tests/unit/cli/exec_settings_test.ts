import type { OutputChoice } from "../../../src/cli/choose_output.ts";
import { EXEC_COMMAND } from "../../../src/cli/exec_options.ts";
import { execSettings } from "../../../src/cli/exec_settings.ts";
import { OptionValues } from "../../../src/cli/option_values.ts";
import type { HookedDriverOptions } from "../../../src/driver/hooked_driver.ts";
import { UsageError } from "../../../src/errors.ts";
import { assertEquals, assertRejects } from "../../support/assert.ts";

const CHOICE: OutputChoice = { output: { kind: "inherit" }, newSession: true };

async function settingsOf(...args: string[]): Promise<HookedDriverOptions> {
  return execSettings(await OptionValues.parse(args, EXEC_COMMAND.options, "stop"), CHOICE);
}

Deno.test("execSettings() leaves everything that was not given to the driver", async () => {
  const { command, hook, sampleEnvironment, output, newSession, ...rest } = await settingsOf("make", "-j2");
  assertEquals(command, ["make", "-j2"]);
  assertEquals([hook, sampleEnvironment, output, newSession], [true, false, { kind: "inherit" }, true]);
  assertEquals(Object.values(rest).filter((value) => value !== undefined), []);
});

Deno.test("execSettings() gives every option to the driver", async () => {
  const settings = await settingsOf(
    ..."-t 10m --idle-timeout 5s --startup-timeout 4s --slow-after 3s -k 2s -s int --sample-time 250ms".split(
      " ",
    ),
    ..."--hook-timeout 1m --hooks-dir hooks --no-hook --session-dir out --leaks fail --name n".split(" "),
    ..."--drain-timeout 0 --sample-env --pre-kill-command ps -- make".split(" "),
  );
  assertEquals(settings, {
    command: ["make"],
    name: "n",
    ...CHOICE,
    timeoutMs: 600_000,
    idleTimeoutMs: 5000,
    startupTimeoutMs: 4000,
    slowAfterMs: 3000,
    graceMs: 2000,
    softSignal: "SIGINT",
    leaks: "fail",
    drainTimeoutMs: 0,
    sampleTimeMs: 250,
    sampleEnvironment: true,
    sessionDir: "out",
    hooksDir: "hooks",
    preKillCommand: "ps",
    hookTimeoutMs: 60_000,
    hook: false,
  });
});

Deno.test("execSettings() leaves the name to the driver, when it is empty", async () => {
  assertEquals((await settingsOf("--name", "", "make")).name, undefined);
});

Deno.test("execSettings() sends QUIT for --core and nothing for signal 0", async () => {
  assertEquals((await settingsOf("--core", "x")).softSignal, "SIGQUIT");
  assertEquals((await settingsOf("-s0", "x")).softSignal, null);
});

Deno.test("execSettings() refuses wrong input with one sentence that says what to do", async () => {
  const cases: [string[], string][] = [
    [[], "Cannot run anything: no command was given"],
    [["--"], "Cannot run anything: no command was given"],
    [[""], 'Cannot run the command "": its name is empty'],
    [["-t", "soon", "x"], 'Cannot read the duration "soon"'],
    [["-s", "NOPE", "x"], 'Cannot use the signal "NOPE"'],
    [["--core", "-sINT", "x"], "Cannot use --core and --signal together"],
    [["--leaks", "forget", "x"], 'Cannot use --leaks "forget": it must be kill, keep or fail'],
    [["--color=blue", "x"], 'Cannot use --color "blue": it must be auto, always or never'],
    [["--timout", "1", "x"], "did you mean --timeout?"],
    [["-T", "1", "x"], "did you mean -t (--timeout)?"],
    [["-z", "x"], "see --help"],
    [["--sample", "x"], "write --sample-time or --sample-env"],
    [["--timeout"], "it needs a value, --timeout TIME"],
    [["--core=1", "x"], "it takes no value"],
  ];
  for (const [args, message] of cases) await assertRejects(() => settingsOf(...args), UsageError, message);
});

Deno.test("OptionValues.parse() lets --help through, whatever follows it", async () => {
  const values = await OptionValues.parse(["--help", "--nonsense"], EXEC_COMMAND.options, "stop");
  assertEquals(values.has("help"), true);
});
