import type { CommandSpec } from "./option_spec.ts";

const GNU = "Options of GNU timeout";
const OWN = "Options of prekill (no abbreviations)";

/** `prekill timeout`. What is not GNU's takes no abbreviation away from what is. */
export const TIMEOUT_COMMAND: CommandSpec = {
  name: "timeout",
  usage: "[OPTION]... DURATION COMMAND [ARG]...",
  summary: "Run COMMAND; after DURATION note what it hangs on, then send it a signal.",
  examples: ["timeout 10m make check", "timeout --explain -k 30 10m make check"],
  operands: "duration-command",
  options: [
    { name: "foreground", short: "f", help: "share the terminal; signal COMMAND alone", group: GNU },
    {
      name: "kill-after",
      short: "k",
      value: "TIME",
      help: "send KILL so long after that signal",
      group: GNU,
    },
    { name: "preserve-status", short: "p", help: "exit as COMMAND did, also after a timeout", group: GNU },
    { name: "signal", short: "s", value: "SIGNAL", help: "name or number (default TERM)", group: GNU },
    { name: "verbose", short: "v", help: "tell on stderr of each signal that is sent", group: GNU },
    { name: "help", help: "show this help", group: GNU },
    { name: "version", help: "show the version", group: GNU },
    { name: "explain", help: "tell on stderr why it hung (a terminal is told)", group: OWN, exact: true },
    {
      name: "sample-time",
      value: "TIME",
      help: "how long to watch (default 250ms)",
      group: OWN,
      exact: true,
    },
    { name: "session-dir", value: "DIR", help: "where the sample goes", group: OWN, exact: true },
    { name: "no-hook", help: "send the signal without looking", group: OWN, exact: true },
  ],
  notes: [
    "DURATION: a number, also 1.5 or 1e3, with s (default), m, h or d; 0 is no limit.",
    "Exit code: COMMAND's own; 124 timed out; 137 sent KILL; 125 timeout failed; 126",
    "COMMAND cannot be executed; 127 not found.",
  ],
};
