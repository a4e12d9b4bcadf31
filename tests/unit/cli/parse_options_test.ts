import type { OptionSpec } from "../../../src/cli/option_spec.ts";
import { parseOptions } from "../../../src/cli/parse_options.ts";
import { assertEquals } from "../../support/assert.ts";

const SPECS: readonly OptionSpec[] = [
  { name: "signal", short: "s", value: "SIGNAL", help: "", group: "" },
  { name: "kill-after", short: "k", value: "TIME", help: "", group: "" },
  { name: "verbose", short: "v", help: "", group: "" },
  { name: "version", help: "", group: "" },
  { name: "help", short: "h", value: "all", valueIsOptional: true, help: "", group: "" },
  { name: "sample-time", value: "TIME", help: "", group: "", exact: true },
];

function given(...args: string[]): string[] {
  return parseOptions(args, SPECS, "stop").given.map(({ name, value }) => `${name}=${value}`);
}

Deno.test("parseOptions() takes a long option's value after = or as the next argument", () => {
  assertEquals(given("--signal=INT", "--signal", "HUP", "--signal="), [
    "signal=INT",
    "signal=HUP",
    "signal=",
  ]);
});

Deno.test("parseOptions() takes a letter's value attached or as the next argument", () => {
  assertEquals(given("-sINT", "-k", "3", "-k.1"), ["signal=INT", "kill-after=3", "kill-after=.1"]);
});

Deno.test("parseOptions() reads clusters of letters, the last of which may have a value", () => {
  assertEquals(given("-vs0", "-vvk", "2"), ["verbose=", "signal=0", "verbose=", "verbose=", "kill-after=2"]);
});

Deno.test("parseOptions() takes an optional value after = only, and none of a letter", () => {
  assertEquals(given("--help", "-h", "-hv", "--help=all"), [
    "help=",
    "help=",
    "help=",
    "verbose=",
    "help=all",
  ]);
});

Deno.test("parseOptions() takes a value that looks like an option", () => {
  assertEquals(given("-s", "-v", "--signal", "--"), ["signal=-v", "signal=--"]);
});

Deno.test("parseOptions() accepts unique prefixes of long names", () => {
  assertEquals(given("--sig=1", "--verb", "--k", "2"), ["signal=1", "verbose=", "kill-after=2"]);
});

Deno.test("parseOptions() lets an exact option take no abbreviation away, nor be abbreviated", () => {
  assertEquals(given("--s=1", "--sample-time=2"), ["signal=1", "sample-time=2"]);
  assertEquals(parseOptions(["--sample"], SPECS, "stop").error, {
    kind: "unknown-long",
    argument: "--sample",
  });
});

Deno.test("parseOptions() ends at the first operand, when told to stop there", () => {
  const { given, operands } = parseOptions(["-v", "cmd", "-v", "--", "x"], SPECS, "stop");
  assertEquals([given.length, operands], [1, ["cmd", "-v", "--", "x"]]);
});

Deno.test("parseOptions() finds options after operands, when told to permute", () => {
  const { given, operands } = parseOptions(["12", "-v", "-", "--", "-s"], SPECS, "permute");
  assertEquals([given.length, operands], [1, ["12", "-", "-s"]]);
});

Deno.test("parseOptions() drops only the first --", () => {
  assertEquals(parseOptions(["--", "--", "-v"], SPECS, "stop").operands, ["--", "-v"]);
});

Deno.test("parseOptions() reports the first wrong argument, with what was right before it", () => {
  const cases: [string[], unknown][] = [
    [["--foo=3"], { kind: "unknown-long", argument: "--foo=3" }],
    [["-vz"], { kind: "unknown-short", letter: "z" }],
    [["--ver"], { kind: "ambiguous", argument: "--ver", candidates: ["verbose", "version"] }],
    [["--sig"], { kind: "missing-value", written: "--signal", name: "signal" }],
    [["-vs"], { kind: "missing-value", written: "s", name: "signal" }],
    [["--verbose=1"], { kind: "unexpected-value", name: "verbose" }],
  ];
  for (const [args, error] of cases) assertEquals(parseOptions(["-v", ...args], SPECS, "stop").error, error);
  assertEquals(given("-v", "-vz"), ["verbose=", "verbose="]);
});

Deno.test("parseOptions() takes a value that is optional only after an equals sign", () => {
  const specs = [{ name: "watch", value: "TIME", valueIsOptional: true, help: "", group: "" }];
  const read = (...args: string[]): unknown => {
    const { given, operands } = parseOptions(args, specs, "permute");
    return [given.map(({ value }) => value), operands];
  };
  assertEquals(read("--watch", "7"), [[""], ["7"]]);
  assertEquals(read("--watch=2s", "7"), [["2s"], ["7"]]);
});
