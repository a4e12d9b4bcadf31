import { GENERAL_OPTIONS } from "./common_options.ts";
import type { CommandSpec } from "./option_spec.ts";

/** The shells that completions are written for. */
export const SHELLS = ["bash", "zsh", "fish"] as const;

/** `prekill completions`. */
export const COMPLETIONS_COMMAND: CommandSpec = {
  name: "prekill completions",
  usage: SHELLS.join("|"),
  summary: "Print the script by which a shell completes the words of prekill.",
  examples: [
    'eval "$(prekill completions bash)"      for now, or in ~/.bashrc',
    'prekill completions zsh >"${fpath[1]}/_prekill"',
    "prekill completions fish >~/.config/fish/completions/prekill.fish",
  ],
  operands: { choices: SHELLS },
  options: GENERAL_OPTIONS,
};
