import { PREKILL_COMMAND } from "../../../src/cli/prekill_options.ts";
import { renderHelp } from "../../../src/cli/render_help.ts";
import { SUBCOMMAND_SPECS } from "../../../src/cli/subcommand_specs.ts";
import { assert, assertEquals, assertStringIncludes } from "../../support/assert.ts";

const COMMANDS = [PREKILL_COMMAND, ...SUBCOMMAND_SPECS.map(({ spec }) => spec)];
const SMALL = ["prekill sample", "prekill report", "prekill doctor", "prekill completions"];

Deno.test("renderHelp() fits each subcommand into 80 columns", () => {
  for (const command of COMMANDS) {
    for (const which of ["common", "all"] as const) {
      const lines = renderHelp(command, which).split("\n");
      for (const line of lines) assert(line.length <= 80, `${command.name}: ${line}`);
    }
  }
});

Deno.test("renderHelp() fits the small subcommands into a screen of 24 lines, with room for a prompt", () => {
  for (const command of COMMANDS.filter(({ name }) => SMALL.includes(name))) {
    assert(renderHelp(command, "common").split("\n").length <= 23, command.name);
  }
});

Deno.test("renderHelp() fits the common options of each subcommand into a screen of 40 lines", () => {
  for (const command of COMMANDS) {
    assert(renderHelp(command, "common").split("\n").length <= 39, command.name);
  }
});

Deno.test("renderHelp() leaves rare options out, and says how to see them, when the common ones are asked for", () => {
  const option = { name: "time", help: "how long", group: "Limits" };
  const rare = { name: "strange", help: "what few need", group: "Other", isRare: true };
  const command = { name: "try", usage: "FILE", summary: "Try.", examples: [], options: [option, rare] };
  const common = renderHelp(command, "common");
  assertStringIncludes(
    common,
    "Common options (try --help=all shows all 2):\n      --time                  how long\n",
  );
  assert(!common.includes("strange"));
  assertStringIncludes(renderHelp(command, "all"), "Other:\n      --strange               what few need\n");
});

Deno.test("renderHelp() shows usage, examples, then the options under their headings", () => {
  const help = renderHelp({
    name: "prekill try",
    usage: "[OPTION]... FILE",
    summary: "Try it.",
    examples: ["prekill try x"],
    options: [
      { name: "time", short: "t", value: "TIME", help: "how long", more: ["at most"], group: "Limits" },
      { name: "again", value: "TIME", valueIsOptional: true, help: "repeat", group: "Limits" },
      { name: "help", help: "this", group: "General" },
    ],
    notes: ["Bye."],
  }, "common");
  assertEquals(
    help,
    `Usage: prekill try [OPTION]... FILE
Try it.

  prekill try x

Limits:
  -t, --time TIME             how long
                              at most
      --again[=TIME]          repeat

General:
      --help                  this

Bye.
`,
  );
});

Deno.test("renderHelp() names every option of every table", () => {
  for (const command of COMMANDS) {
    for (const option of command.options) {
      assertStringIncludes(renderHelp(command, "all"), `--${option.name}`);
    }
  }
});

Deno.test("the option tables have no name or letter twice", () => {
  for (const { options } of COMMANDS) {
    const names = options.flatMap(({ name, short }) => short === undefined ? [name] : [name, short]);
    assertEquals(names.length, new Set(names).size);
  }
});
