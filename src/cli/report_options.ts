import { COLOR_OPTION, GENERAL_OPTIONS } from "./common_options.ts";
import type { CommandSpec } from "./option_spec.ts";

/** `prekill report`. */
export const REPORT_COMMAND: CommandSpec = {
  name: "prekill report",
  usage: "[OPTION]... [DIR]...",
  summary: "Show the hangs of a session, the same ones together, the most frequent first.",
  examples: ["prekill report", "prekill report --all --json | jq '.hangs[] | {count, fingerprint}'"],
  options: [
    { name: "all", short: "a", help: "every session in DIR, not the newest alone", group: "Sessions" },
    { name: "json", help: "print the report as one JSON document", group: "Output" },
    COLOR_OPTION,
    ...GENERAL_OPTIONS,
  ],
  notes: [
    "DIR is a session directory or a folder of them (default .prekill).",
    "Exit code: 0, 1 if there are no samples, 125 called wrongly.",
  ],
};
