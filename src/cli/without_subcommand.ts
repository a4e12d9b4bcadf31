import { UsageError } from "../errors.ts";
import type { Runtime } from "../runtime/port.ts";
import { answerGeneral } from "./answer_general.ts";
import { MANUAL } from "./common_options.ts";
import { nearestName } from "../nearest_name.ts";
import { OptionValues } from "./option_values.ts";
import { PREKILL_COMMAND } from "./prekill_options.ts";
import { writeOut } from "./write_out.ts";

/**
 * Answers `prekill`, `prekill --help`, `prekill help --man`, `prekill --version`, and whatever is not a subcommand.
 *
 * @param args the arguments of prekill
 * @param subcommands the names that there are
 * @param runtime the host
 * @returns exit code 0
 * @throws {UsageError} when there is no such subcommand
 */
export async function answerWithoutSubcommand(
  args: readonly string[],
  subcommands: readonly string[],
  runtime: Runtime,
): Promise<number> {
  const values = await OptionValues.parse(args, PREKILL_COMMAND.options, "stop");
  if (values.text("help") === MANUAL) {
    const { renderManual } = await import("./render_manual.ts");
    const { SUBCOMMAND_SPECS } = await import("./subcommand_specs.ts");
    const today = new Date().toISOString().slice(0, 10);
    await writeOut(runtime, renderManual(PREKILL_COMMAND, SUBCOMMAND_SPECS, today));
    return 0;
  }
  if (values.has("help") || values.has("version")) {
    return await answerGeneral(values, PREKILL_COMMAND, runtime);
  }
  const [name] = values.operands;
  if (name === undefined) {
    throw new UsageError(
      `Cannot do anything: no subcommand was given; it is one of ${subcommands.join(", ")}`,
    );
  }
  const nearest = nearestName(name, subcommands);
  const hint = nearest === undefined
    ? `to run a program write prekill exec -- ${name}`
    : `did you mean prekill ${nearest}?`;
  throw new UsageError(`Cannot run the subcommand "${name}": there is no such subcommand; ${hint}`);
}
