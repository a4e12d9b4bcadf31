import { UsageError } from "../errors.ts";
import type { Runtime } from "../runtime/port.ts";
import { COMPLETIONS_COMMAND, SHELLS } from "./completions_options.ts";
import { OptionValues } from "./option_values.ts";
import { renderBashCompletion } from "./render_bash_completion.ts";
import { renderFishCompletion } from "./render_fish_completion.ts";
import { renderZshCompletion } from "./render_zsh_completion.ts";
import { SUBCOMMAND_SPECS, type SubcommandSpec } from "./subcommand_specs.ts";
import { writeOut } from "./write_out.ts";

const RENDERERS: Readonly<
  Record<(typeof SHELLS)[number], (subcommands: readonly SubcommandSpec[]) => string>
> = { bash: renderBashCompletion, zsh: renderZshCompletion, fish: renderFishCompletion };

/**
 * `prekill completions`: the script by which a shell completes subcommands, options and their values, on stdout.
 *
 * @param args what follows the subcommand
 * @param runtime the host
 * @returns exit code 0
 * @throws {UsageError} when no shell is named, or another one
 * @throws {HostError} when standard output cannot be written
 */
export async function completionsCommand(args: readonly string[], runtime: Runtime): Promise<number> {
  const values = await OptionValues.parse(args, COMPLETIONS_COMMAND.options, "permute");
  if (values.has("help") || values.has("version")) {
    const { answerGeneral } = await import("./answer_general.ts");
    return await answerGeneral(values, COMPLETIONS_COMMAND, runtime);
  }
  const [name, extra] = values.operands;
  const shell = SHELLS.find((known) => known === name);
  if (name === undefined || extra !== undefined) {
    throw new UsageError(`Cannot print completions: name one shell, ${SHELLS.join(", ")}`);
  }
  if (shell === undefined) {
    throw new UsageError(
      `Cannot print completions for the shell "${name}": there are those for ${SHELLS.join(", ")}`,
    );
  }
  await writeOut(runtime, RENDERERS[shell](SUBCOMMAND_SPECS));
  return 0;
}
