import { COLOR_OPTION, GENERAL_OPTIONS } from "./common_options.ts";
import type { CommandSpec } from "./option_spec.ts";

/** `prekill report`. */
export const REPORT_COMMAND: CommandSpec = {
  name: "prekill report",
  usage: "[OPTION]... [DIR]...",
  summary: "Show what became of a run, and its hangs, the same ones together.",
  examples: [
    "prekill report",
    "prekill report --format junit shards/* >junit.xml    several as one run",
    "prekill report --all --json | jq '.hangs[] | {count, fingerprint}'",
  ],
  operands: "directories",
  options: [
    { name: "all", short: "a", help: "every session in DIR, not the newest alone", group: "Sessions" },
    {
      name: "format",
      value: "NAME",
      choices: ["text", "junit", "tap", "markdown", "html", "events"],
      help: "text (default), junit, tap, markdown, html, events",
      group: "Output",
    },
    { name: "json", help: "print the hangs as one JSON document", group: "Output" },
    COLOR_OPTION,
    ...GENERAL_OPTIONS,
  ],
  notes: [
    "DIR is a session directory or a folder of them (default .prekill).",
    "Exit code: of runs 0 if all passed and no shard is missing, else 1; without a",
    "run 1 if there are no samples, else 0; 125 called wrongly.",
  ],
};
