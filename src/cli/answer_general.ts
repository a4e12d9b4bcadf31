import type { Runtime } from "../runtime/port.ts";
import { VERSION } from "../version.ts";
import { ALL } from "./common_options.ts";
import type { CommandSpec } from "./option_spec.ts";
import type { OptionValues } from "./option_values.ts";
import { renderHelp } from "./render_help.ts";

/**
 * Answers `--help` and `--version` of a subcommand, on stdout.
 *
 * @param values the options as given, one of the two among them
 * @param command the subcommand
 * @param runtime the host
 * @returns exit code 0
 */
export async function answerGeneral(
  values: OptionValues,
  command: CommandSpec,
  runtime: Runtime,
): Promise<number> {
  const text = values.has("help")
    ? renderHelp(command, values.text("help") === ALL ? "all" : "common")
    : `prekill ${VERSION}\n`;
  await runtime.write("stdout", new TextEncoder().encode(text));
  return 0;
}
