import { PREKILL_COMMAND } from "../../../src/cli/prekill_options.ts";
import { renderManual } from "../../../src/cli/render_manual.ts";
import { SUBCOMMAND_SPECS } from "../../../src/cli/subcommand_specs.ts";
import { assert, assertEquals, assertStringIncludes } from "../../support/assert.ts";

Deno.test("renderManual() names every option of every subcommand", () => {
  const page = renderManual(PREKILL_COMMAND, SUBCOMMAND_SPECS, "2026-01-31");
  const sections = page.split("\n.SH ");
  for (const { word, spec } of SUBCOMMAND_SPECS) {
    const section = sections.find((each) => each.startsWith(`PREKILL ${word.toUpperCase()}\n`))!;
    for (const { name } of spec.options) {
      assertStringIncludes(section, `\\fB\\-\\-${name.replaceAll("-", "\\-")}\\fR`);
    }
  }
});

Deno.test("renderManual() has troff print what it would take for its own", () => {
  const spec = {
    name: "prekill try",
    usage: "'[A]",
    summary: ".sp is no request",
    examples: ["a\\b `c` ~/d^e"],
    options: [],
  };
  const page = renderManual(PREKILL_COMMAND, [{ word: "try", spec }], "2026-01-31");
  assertStringIncludes(page, "\n\\(aq[A]\n");
  assertStringIncludes(page, "\n\\&.sp is no request\n");
  assertStringIncludes(page, "\n  a\\eb \\(gac\\(ga \\(ti/d\\(hae\n");
});

Deno.test("renderManual() folds long lines, and none at a full stop", () => {
  const long = `${"word ".repeat(16)}.end ${"word ".repeat(15)}`.trim();
  const spec = { name: "prekill try", usage: "", summary: long, examples: [], options: [] };
  const lines = renderManual(PREKILL_COMMAND, [{ word: "try", spec }], "2026-01-31").split("\n");
  for (const line of lines) assert(line.startsWith("  ") || line.length <= 80, line);
  assertEquals(lines.filter((line) => line.startsWith(".end")), []);
});
