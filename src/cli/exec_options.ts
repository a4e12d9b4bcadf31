import { COLOR_OPTION, GENERAL_OPTIONS } from "./common_options.ts";
import type { CommandSpec } from "./option_spec.ts";

const LIMITS = "Time limits, as 250ms, 10s, 5m or 1m30s (0 is none)";
const ENDING = "Ending it";
const EVIDENCE = "Evidence";
const OUTPUT = "Output";

/** `prekill exec`. */
export const EXEC_COMMAND: CommandSpec = {
  name: "prekill exec",
  usage: "[OPTION]... [--] COMMAND [ARG]...",
  summary: "Run COMMAND. If it hangs, find out why, end it and all it started, and say so.",
  examples: [
    "prekill exec -t 10m -- make check",
    "prekill exec -t 1h --idle-timeout 5m -k 30s --leaks fail -- ./run_tests --all",
  ],
  operands: "command",
  options: [
    { name: "timeout", short: "t", value: "TIME", help: "how long COMMAND may run", group: LIMITS },
    { name: "idle-timeout", value: "TIME", help: "how long it may print nothing", group: LIMITS },
    {
      name: "startup-timeout",
      value: "TIME",
      help: "how long until it first prints something",
      group: LIMITS,
      isRare: true,
    },
    {
      name: "slow-after",
      value: "TIME",
      help: "say that it is slow, note what it does, go on",
      group: LIMITS,
      isRare: true,
    },
    { name: "signal", short: "s", value: "SIGNAL", help: "the polite signal (default TERM)", group: ENDING },
    { name: "core", help: "use QUIT as that signal, for a core file", group: ENDING, isRare: true },
    {
      name: "grace",
      short: "k",
      value: "TIME",
      help: "from that signal to KILL (default 10s)",
      group: ENDING,
    },
    {
      name: "leaks",
      value: "POLICY",
      choices: ["kill", "keep", "fail"],
      help: "what COMMAND leaves running: kill (default),",
      group: ENDING,
      more: ["keep, or fail: kill, and turn exit 0 into 1"],
    },
    {
      name: "drain-timeout",
      value: "TIME",
      help: "read output after the exit (default 200ms)",
      group: ENDING,
      isRare: true,
    },
    { name: "preserve-status", help: "exit as COMMAND did, also after a timeout", group: ENDING },
    { name: "sample-time", value: "TIME", help: "how long to watch the hang (default 1s)", group: EVIDENCE },
    {
      name: "inspect-runtime",
      help: "let deno be asked for its JavaScript stacks",
      group: EVIDENCE,
      more: ["(--inspect at a free port of this machine)"],
    },
    { name: "sample-env", help: "put the environment in, secrets redacted", group: EVIDENCE, isRare: true },
    { name: "session-dir", value: "DIR", help: "where samples go (.prekill/<time>-<pid>)", group: EVIDENCE },
    {
      name: "name",
      value: "NAME",
      help: "name of the sample (default: the program)",
      group: EVIDENCE,
      isRare: true,
    },
    {
      name: "hooks-dir",
      value: "DIR",
      help: "folder with your own hooks, such as linux.ts",
      group: EVIDENCE,
      isRare: true,
    },
    {
      name: "pre-kill-command",
      value: "CMD",
      help: "also run this; {pid} is the process",
      group: EVIDENCE,
      isRare: true,
    },
    {
      name: "hook-timeout",
      value: "TIME",
      help: "limit of all that (default 30s)",
      group: EVIDENCE,
      isRare: true,
    },
    { name: "no-hook", help: "end it without looking", group: EVIDENCE, isRare: true },
    { name: "json", help: "the result as the last line on stderr", group: OUTPUT, isRare: true },
    COLOR_OPTION,
    { name: "quiet", short: "q", help: "print errors only", group: OUTPUT },
    { name: "verbose", short: "v", help: "tell each step", group: OUTPUT },
    ...GENERAL_OPTIONS,
  ],
  notes: [
    "Exit code: COMMAND's own (128+N for signal N); 124 timed out, 137 if KILL was",
    "needed; 125 prekill failed; 126 COMMAND cannot be executed; 127 not found.",
  ],
};
