import type { Runtime } from "../runtime/port.ts";
import type { SuiteTest } from "../suite/suite_options.ts";
import { visibleText } from "../visible_text.ts";
import type { OptionValues } from "./option_values.ts";
import { writeOut } from "./write_out.ts";

/**
 * `prekill run --list`: the tests in the order in which they would start, on stdout; with `--verbose` the runner, group
 * and command of each, with `--json` all of it, a line of JSON each.
 *
 * @param tests what would run
 * @param values the options as given
 * @param runtime the host
 * @returns exit code 0
 * @throws {HostError} when standard output cannot be written
 */
export async function listTests(
  tests: readonly SuiteTest[],
  values: OptionValues,
  runtime: Runtime,
): Promise<number> {
  const lines = tests.map((test) => {
    if (values.has("json")) return JSON.stringify(test);
    const name = visibleText(test.name);
    if (!values.has("verbose")) return name;
    const marks = [
      test.runner,
      test.group,
      test.isSerial === true ? "serial" : undefined,
      test.skip && "skipped",
    ];
    const facts = marks.filter((mark) => mark !== undefined).join(", ");
    return `${name}  (${visibleText(facts)}): ${visibleText(test.command.join(" "))}`;
  });
  await writeOut(runtime, lines.map((line) => `${line}\n`).join(""));
  return 0;
}
