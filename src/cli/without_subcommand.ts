import { UsageError } from "../errors.ts";
import type { Runtime } from "../runtime/port.ts";
import { answerGeneral } from "./answer_general.ts";
import { GENERAL_OPTIONS } from "./common_options.ts";
import { nearestName } from "../nearest_name.ts";
import type { CommandSpec } from "./option_spec.ts";
import { OptionValues } from "./option_values.ts";

const PREKILL: CommandSpec = {
  name: "prekill",
  usage: "SUBCOMMAND [OPTION]...",
  summary: "Find out why a process hangs, before it is killed.",
  examples: [
    "prekill exec -t 10m -- make check     run a command; look into it if it hangs",
    "prekill timeout 10m make check        the same, called as GNU timeout is",
    "prekill run -t 1m                     all tests below this folder, each in a process",
    "prekill sample 4711                   explain a process that runs, and let it run",
    "prekill report                        what became of the last run, and its hangs",
    "prekill doctor                        what this machine can show, what to install",
  ],
  options: GENERAL_OPTIONS,
  notes: ["Each subcommand has its own --help, as prekill run --help."],
};

/**
 * Answers `prekill`, `prekill --help`, `prekill --version`, and whatever is not a subcommand.
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
  const values = await OptionValues.parse(args, PREKILL.options, "stop");
  if (values.has("help") || values.has("version")) return await answerGeneral(values, PREKILL, runtime);
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
