import { COLOR_OPTION, GENERAL_OPTIONS } from "./common_options.ts";
import type { CommandSpec } from "./option_spec.ts";

/** `prekill sample`. */
export const SAMPLE_COMMAND: CommandSpec = {
  name: "prekill sample",
  usage: "[OPTION]... PID",
  summary: "Explain what a live process and its descendants wait for; they run on.",
  examples: [
    "prekill sample --watch 4711",
    "prekill sample --json 4711 | jq .diagnosis.summary",
  ],
  operands: "process",
  options: [
    { name: "sample-time", value: "TIME", help: "how long to watch (default 1s)", group: "Sample" },
    {
      name: "watch",
      value: "TIME",
      valueIsOptional: true,
      help: "look every TIME (5s), tell what has changed",
      group: "Sample",
    },
    { name: "sample-env", help: "put the environment in, secrets redacted", group: "Sample" },
    { name: "session-dir", value: "DIR", help: "also write the sample files there", group: "Sample" },
    { name: "json", help: "print the .sample.json document", group: "Output" },
    COLOR_OPTION,
    ...GENERAL_OPTIONS,
  ],
  notes: ["Exit code: 0 explained, 1 cause unknown, 2 could not look, 125 called wrongly."],
};
