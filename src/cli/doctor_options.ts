import { COLOR_OPTION, GENERAL_OPTIONS } from "./common_options.ts";
import type { CommandSpec } from "./option_spec.ts";

/** `prekill doctor`. */
export const DOCTOR_COMMAND: CommandSpec = {
  name: "prekill doctor",
  usage: "[OPTION]...",
  summary: "Show what prekill can find out on this machine, and what to install for more.",
  examples: ["prekill doctor", "prekill doctor --json | jq '.checks[] | select(.status != \"ok\")'"],
  options: [
    { name: "json", help: "print the checks as one JSON document", group: "Output" },
    COLOR_OPTION,
    ...GENERAL_OPTIONS,
  ],
  notes: ["Exit code: 0, or 1 if something that samples need is missing."],
};
