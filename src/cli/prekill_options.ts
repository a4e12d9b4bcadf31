import { GENERAL_OPTIONS } from "./common_options.ts";
import type { CommandSpec } from "./option_spec.ts";

/** `prekill` without a subcommand. */
export const PREKILL_COMMAND: CommandSpec = {
  name: "prekill",
  usage: "SUBCOMMAND [OPTION]...",
  summary: "Find out why a process hangs, before it is killed.",
  examples: [
    "prekill exec -t 10m -- make check  run a command; look into it if it hangs",
    "prekill timeout 10m make check     the same, called as GNU timeout is",
    "prekill run -t 1m                  all tests below this folder, each a process",
    "prekill sample 4711                explain a process that runs, let it run on",
    "prekill report                     what became of the last run, and its hangs",
    "prekill doctor                     what this machine can show, what to install",
  ],
  options: GENERAL_OPTIONS,
  notes: [
    "Each subcommand has its own --help, as prekill run --help. prekill help --man",
    "prints the manual page, prekill completions a script for your shell.",
  ],
};
