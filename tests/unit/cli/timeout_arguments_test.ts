import { readTimeoutArguments, type TimeoutSettings } from "../../../src/cli/timeout_arguments.ts";
import { UsageError } from "../../../src/errors.ts";
import { assert, assertEquals, assertThrows } from "../../support/assert.ts";

function read(...args: string[]): ReturnType<typeof readTimeoutArguments> {
  return readTimeoutArguments(args, (text) => `'${text}'`);
}

function settingsOf(...args: string[]): TimeoutSettings {
  const result = read(...args);
  assert(result.kind === "run", JSON.stringify(result));
  return result.settings;
}

Deno.test("readTimeoutArguments() reads duration, command and its arguments, which may look like options", () => {
  const settings = settingsOf("-v", "1m", "ls", "-k", "--help");
  assertEquals([settings.timeoutMs, settings.command], [60_000, ["ls", "-k", "--help"]]);
  assertEquals([settings.verbose, settings.signal, settings.killAfterMs], [true, "SIGTERM", 0]);
});

Deno.test("readTimeoutArguments() takes GNU's abbreviations, whatever prekill's own options are called", () => {
  const settings = settingsOf("--s=INT", "--k=1", "--f", "--p", "--verb", "1", "true");
  assertEquals(
    [settings.signal, settings.killAfterMs, settings.foreground, settings.preserveStatus, settings.verbose],
    ["SIGINT", 1000, true, true, true],
  );
});

Deno.test("readTimeoutArguments() takes signals as names, numbers, 0 and exit statuses", () => {
  for (
    const [text, signal] of [
      ["term", "SIGTERM"],
      ["SIGHUP", "SIGHUP"],
      ["9", "SIGKILL"],
      ["137", "SIGKILL"],
      ["0", null],
    ] as const
  ) assertEquals(settingsOf("-s", text, "1", "true").signal, signal);
});

Deno.test("readTimeoutArguments() words mistakes as GNU timeout does", () => {
  const cases: [string[], string | undefined][] = [
    [[], undefined],
    [["1"], undefined],
    [["x", "true"], "invalid time interval 'x'"],
    [["-k", "x", "1", "true"], "invalid time interval 'x'"],
    [["-s", "FOO", "1", "true"], "'FOO': invalid signal"],
    [["--foo=3", "1", "true"], "unrecognized option '--foo=3'"],
    [["-z", "1", "true"], "invalid option -- 'z'"],
    [["-1", "true"], "invalid option -- '1'"],
    [["-k"], "option requires an argument -- 'k'"],
    [["--kill-after"], "option '--kill-after' requires an argument"],
    [["--f=1", "1", "true"], "option '--foreground' doesn't allow an argument"],
    [["--v", "1", "true"], "option '--v' is ambiguous; possibilities: '--verbose' '--version'"],
  ];
  for (const [args, message] of cases) assertEquals(read(...args), { kind: "wrong", message });
});

Deno.test("readTimeoutArguments() meets mistakes and --help in the order in which they stand", () => {
  assertEquals(read("-k", "x", "--foo"), { kind: "wrong", message: "invalid time interval 'x'" });
  assertEquals(read("--help", "--foo"), { kind: "help" });
  assertEquals(read("--foo", "--help"), { kind: "wrong", message: "unrecognized option '--foo'" });
});

Deno.test("readTimeoutArguments() throws a UsageError for a wrong value of an option of prekill's own", () => {
  assertThrows(() => read("--sample-time=x", "1", "true"), UsageError, 'Cannot read the duration "x"');
});
