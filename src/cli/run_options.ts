import { COLOR_OPTION, GENERAL_OPTIONS } from "./common_options.ts";
import type { CommandSpec } from "./option_spec.ts";

const WHAT = "Which tests";
const HOW = "How they run";
const AGAIN = "Again, and when to stop";
const LIMITS = "Time limits of each test, as 250ms, 10s, 5m or 1m30s (0 is none)";
const EVIDENCE = "Evidence and ending";
const REPORTS = "Reports (FILE - is standard output)";
const OUTPUT = "Output";

/** `prekill run`. */
export const RUN_COMMAND: CommandSpec = {
  name: "prekill run",
  usage: "[OPTION]... [FILE|DIR|GLOB]... [-- COMMAND [ARG]...]",
  summary: "Run tests, each file in its own process. What hangs is explained, then ended.",
  examples: [
    "prekill run                             all tests below this folder",
    "prekill run -t 1m -j 8 'tests/**/*_test.py'",
    "prekill run tests/*.sh -- bash {}      {} the file, {/} its name, {.} stem",
    "prekill run --retries 2 --junit junit.xml --html report.html",
    "prekill run --until-failure -t 10s tests/flaky_test.ts",
    "prekill run --resume .prekill/latest    finish a run that was killed",
  ],
  options: [
    {
      name: "runner",
      value: "NAME",
      help: "run all files with this one, as deno-test, pytest",
      group: WHAT,
    },
    { name: "list-from", value: "FILE", help: "read names of files from FILE, or - for stdin", group: WHAT },
    { name: "list", help: "show what would run, and run nothing", group: WHAT },
    { name: "shard", value: "K/N", help: "part K of N, or auto: as the CI says", group: WHAT },
    { name: "rerun-failed", help: "only what did not pass the last time", group: WHAT },
    { name: "resume", value: "DIR", help: "finish the run of this session directory", group: WHAT },
    { name: "config", value: "FILE", help: "settings to use (default prekill.json)", group: WHAT },
    { name: "no-config", help: "leave prekill.json out", group: WHAT },
    { name: "jobs", short: "j", value: "N", help: "tests at the same time, or auto (default)", group: HOW },
    { name: "serial", value: "GLOB", help: "these run alone; may be given again", group: HOW },
    { name: "group", value: "NAME=GLOB", help: "these belong together; may be given again", group: HOW },
    { name: "group-limit", value: "NAME=N", help: "so many of a group at the same time", group: HOW },
    {
      name: "shuffle",
      value: "SEED",
      valueIsOptional: true,
      help: "in an order by chance, or by this number",
      group: HOW,
    },
    { name: "retries", value: "N", help: "try again what did not pass", group: AGAIN },
    { name: "retry-delay", value: "TIME", help: "wait before that, each time twice as long", group: AGAIN },
    { name: "retry-at-end", help: "try again when all else is done, one by one", group: AGAIN },
    {
      name: "fail-fast",
      value: "N",
      valueIsOptional: true,
      help: "stop after N (1) that did not pass",
      group: AGAIN,
    },
    { name: "repeat", value: "N", help: "each test N times", group: AGAIN },
    {
      name: "until-failure",
      help: "the same, to the first that does not pass",
      group: AGAIN,
      more: ["(100 times unless --repeat says more)"],
    },
    { name: "max-time", value: "TIME", help: "for all together", group: AGAIN },
    { name: "timeout", short: "t", value: "TIME", help: "how long a test may run", group: LIMITS },
    { name: "idle-timeout", value: "TIME", help: "how long it may print nothing", group: LIMITS },
    { name: "startup-timeout", value: "TIME", help: "how long until it first prints", group: LIMITS },
    { name: "slow-after", value: "TIME", help: "say that it is slow, and go on", group: LIMITS },
    {
      name: "grace",
      short: "k",
      value: "TIME",
      help: "from the polite signal to KILL (default 10s)",
      group: EVIDENCE,
    },
    {
      name: "signal",
      short: "s",
      value: "SIGNAL",
      help: "the polite signal (default TERM)",
      group: EVIDENCE,
    },
    { name: "core", help: "use QUIT as that signal, for a core file", group: EVIDENCE },
    {
      name: "leaks",
      value: "POLICY",
      choices: ["kill", "keep", "fail"],
      help: "what tests leave running: kill, keep or fail",
      group: EVIDENCE,
    },
    { name: "sample-time", value: "TIME", help: "how long to watch a hang (default 1s)", group: EVIDENCE },
    { name: "hook-timeout", value: "TIME", help: "limit of all looking (default 30s)", group: EVIDENCE },
    { name: "hooks-dir", value: "DIR", help: "folder with your own hooks", group: EVIDENCE },
    { name: "pre-kill-command", value: "CMD", help: "also run this; {pid} is the process", group: EVIDENCE },
    { name: "no-hook", help: "end hangs without looking", group: EVIDENCE },
    { name: "session-dir", value: "DIR", help: "where logs go (.prekill/<time>-<pid>)", group: EVIDENCE },
    { name: "keep-logs", help: "keep output of tests that passed, too", group: EVIDENCE },
    { name: "junit", value: "FILE", help: "JUnit XML", group: REPORTS },
    { name: "html", value: "FILE", help: "one page", group: REPORTS },
    { name: "markdown", value: "FILE", help: "for a comment or a chat", group: REPORTS },
    { name: "tap", value: "FILE", help: "TAP 14", group: REPORTS },
    { name: "events", value: "FILE", help: "what happens, a line of JSON each", group: REPORTS },
    { name: "github", help: "annotations and summary (itself in Actions)", group: REPORTS },
    { name: "json", help: "the result as the last line on stderr", group: OUTPUT },
    COLOR_OPTION,
    { name: "quiet", short: "q", help: "only what did not pass, and the summary", group: OUTPUT },
    { name: "verbose", short: "v", help: "tell more of each test", group: OUTPUT },
    ...GENERAL_OPTIONS,
  ],
  notes: [
    "At a terminal: t (or SIGUSR1) shows what runs, Ctrl-Z pauses, Ctrl-C ends in",
    "order, twice at once.",
    "Exit code: 0 all passed, 1 some did not, 2 called wrongly, 3 nothing matched,",
    "125 prekill failed, 128+N ended by signal N.",
  ],
};
