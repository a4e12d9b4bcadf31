import type { OptionSpec } from "./option_spec.ts";

/** When output is coloured. */
export const COLOR_CHOICES = ["auto", "always", "never"];

/** The value of `--help` that asks for the rare options, too. */
export const ALL = "all";

/** The value of `--help` that asks for the manual page of all subcommands. */
export const MANUAL = "man";

/** The options that every subcommand has. */
export const GENERAL_OPTIONS: readonly OptionSpec[] = [
  {
    name: "help",
    short: "h",
    value: ALL,
    valueIsOptional: true,
    help: "show this help, or that of all options",
    group: "General",
  },
  { name: "version", help: "show the version", group: "General" },
];

/** `--color`, the same wherever something is printed for people. */
export const COLOR_OPTION: OptionSpec = {
  name: "color",
  value: "WHEN",
  choices: COLOR_CHOICES,
  help: "auto (default), always or never",
  group: "Output",
};
