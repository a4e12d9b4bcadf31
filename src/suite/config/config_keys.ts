import { RUNNER_NAMES } from "../runners/runner_names.ts";
import type { PrespawnMode } from "../suite_options.ts";

/** What a value has to be. */
export type ConfigValue =
  /** A text such as `10m`, or a number of seconds; milliseconds once read. */
  | { readonly kind: "duration" }
  | { readonly kind: "count"; readonly least: number }
  | { readonly kind: "flag" }
  | { readonly kind: "text" }
  /** A path, relative to the folder of the configuration. */
  | { readonly kind: "folder" }
  | { readonly kind: "choice"; readonly of: readonly string[] }
  /** One glob or a list of them. */
  | { readonly kind: "globs" }
  | { readonly kind: "exit-codes" }
  /** Names with a count each. */
  | { readonly kind: "counts" }
  /** Names with a text each, or `null` to remove the variable. */
  | { readonly kind: "environment" }
  /** A reason, or `true`. */
  | { readonly kind: "reason" }
  /** `auto`, `fork`, `off`, or how many processes may wait. */
  | { readonly kind: "prespawn" }
  /** One name of a module or a list of them. */
  | { readonly kind: "modules" }
  /** A program with its arguments; words that begin with `./` or `../` are relative to the folder of the configuration. */
  | { readonly kind: "command" };

/** One key of `prekill.json`. */
export interface ConfigKey {
  /** As it is written. */
  readonly name: string;
  /** The field that it becomes. */
  readonly field: string;
  readonly value: ConfigValue;
  /** For editors, and for people who made a mistake. */
  readonly help: string;
}

/** How processes may be started before their tests. */
export const PRESPAWN_MODES: readonly PrespawnMode[] = ["auto", "fork", "off"];

const DURATION: ConfigValue = { kind: "duration" };
const FLAG: ConfigValue = { kind: "flag" };

/** Keys that may stand at the top, for every test, and in an override. */
export const TEST_KEYS: readonly ConfigKey[] = [
  { name: "timeout", field: "timeoutMs", value: DURATION, help: "How long a test may run." },
  {
    name: "idleTimeout",
    field: "idleTimeoutMs",
    value: DURATION,
    help: "How long a test may print nothing.",
  },
  {
    name: "startupTimeout",
    field: "startupTimeoutMs",
    value: DURATION,
    help: "How long until a test first prints something.",
  },
  {
    name: "slowAfter",
    field: "slowAfterMs",
    value: DURATION,
    help: "When a test is reported as slow; it goes on.",
  },
  { name: "grace", field: "graceMs", value: DURATION, help: "From the polite signal to KILL." },
  {
    name: "retries",
    field: "retries",
    value: { kind: "count", least: 0 },
    help: "Further attempts of a test that did not pass.",
  },
  {
    name: "env",
    field: "env",
    value: { kind: "environment" },
    help: "Variables added to the environment of a test; null removes one.",
  },
  {
    name: "runner",
    field: "runner",
    value: { kind: "choice", of: RUNNER_NAMES },
    help: "What runs the file, instead of what its name and project say.",
  },
  {
    name: "group",
    field: "group",
    value: { kind: "text" },
    help: 'Tests of one group share the limit that "groups" gives it.',
  },
  { name: "serial", field: "isSerial", value: FLAG, help: "Run it while no other test runs." },
  {
    name: "expectTimeout",
    field: "expectTimeout",
    value: FLAG,
    help: "It passes when it times out, and fails when it does not.",
  },
  {
    name: "skipCodes",
    field: "skipCodes",
    value: { kind: "exit-codes" },
    help: 'Exit codes that mean "skipped", such as 77.',
  },
  {
    name: "hooksDir",
    field: "hooksDir",
    value: { kind: "folder" },
    help: "Folder with your own pre-kill hooks, such as linux.ts.",
  },
  {
    name: "preKillCommand",
    field: "preKillCommand",
    value: { kind: "text" },
    help: "Command that is run before a hanging test is ended; {pid} is its process.",
  },
  {
    name: "preload",
    field: "preloads",
    value: { kind: "modules" },
    help: "Modules that are loaded before a test's turn, or auto: those that most tests import.",
  },
  {
    name: "warmRunner",
    field: "warmRunner",
    value: { kind: "command" },
    help: "Command of a runner of your own, which is started before a test's turn.",
  },
  {
    name: "skip",
    field: "skip",
    value: { kind: "reason" },
    help: "Do not run it: the reason, or true.",
  },
];

/** Keys of the whole run. */
export const RUN_KEYS: readonly ConfigKey[] = [
  {
    name: "jobs",
    field: "jobs",
    value: { kind: "count", least: 1 },
    help: "How many tests run at the same time; the processors when it is left out.",
  },
  {
    name: "groups",
    field: "groups",
    value: { kind: "counts" },
    help: "How many tests of each group run at the same time.",
  },
  {
    name: "prespawn",
    field: "prespawn",
    value: { kind: "prespawn" },
    help: "Processes that start before their test's turn: auto, fork, off, or how many may wait.",
  },
  {
    name: "retryDelay",
    field: "retryDelayMs",
    value: DURATION,
    help: "Pause before the first retry, doubled each time.",
  },
  {
    name: "retryAtEnd",
    field: "retryAtEnd",
    value: FLAG,
    help: "Retry at the end of the run, one test at a time.",
  },
  {
    name: "failFast",
    field: "failFast",
    value: { kind: "count", least: 1 },
    help: "Stop after so many tests that did not pass.",
  },
  { name: "maxTime", field: "maxTimeMs", value: DURATION, help: "How long the whole run may take." },
  {
    name: "leaks",
    field: "leaks",
    value: { kind: "choice", of: ["kill", "keep", "fail"] },
    help: "What becomes of processes that a test leaves behind.",
  },
  { name: "keepLogs", field: "keepLogs", value: FLAG, help: "Keep the logs of tests that passed, too." },
  {
    name: "signal",
    field: "softSignal",
    value: { kind: "text" },
    help: "The polite signal, such as SIGTERM.",
  },
  { name: "sampleTime", field: "sampleTimeMs", value: DURATION, help: "How long a hang is watched." },
  { name: "hookTimeout", field: "hookTimeoutMs", value: DURATION, help: "Limit of looking into a hang." },
];

/** Keys that say which files are tests. */
export const SELECTION_KEYS: readonly ConfigKey[] = [
  {
    name: "files",
    field: "files",
    value: { kind: "globs" },
    help: "Files, folders and globs to run when none are named on the command line.",
  },
  {
    name: "exclude",
    field: "exclude",
    value: { kind: "globs" },
    help: "Globs of what is never taken for a test.",
  },
];

/** Keys of an override: `files` says which tests it is for. */
export const OVERRIDE_KEYS: readonly ConfigKey[] = [
  {
    name: "files",
    field: "files",
    value: { kind: "globs" },
    help: "Globs of the tests that this is for, relative to the folder of this file.",
  },
  ...TEST_KEYS,
  {
    name: "prespawn",
    field: "prespawn",
    value: { kind: "choice", of: PRESPAWN_MODES },
    help: "How their processes start before their turn.",
  },
];
