import { UsageError } from "../errors.ts";
import { parseSignal } from "../signals.ts";
import type { SuiteOptions, TestLimits } from "../suite/suite_options.ts";
import type { OptionValues } from "./option_values.ts";

/** How a run goes, as far as the command line says so. What is undefined is left to `prekill.json`, then to prekill. */
export type RunSettings =
  & Omit<SuiteOptions, "sessionDir" | "resume" | "signal" | "cwd" | "env" | "args" | "shard">
  & {
    readonly limits: TestLimits;
    /** Each test so many times. */
    readonly repeat: number | undefined;
    /** Folder of the user's own hooks, and a program that is run as one. */
    readonly hooksDir: string | undefined;
    readonly preKillCommand: string | undefined;
  };

/** How often a test is run that is to be run until it fails, when nothing else is said. */
const UNTIL_FAILURE_REPEAT = 100;
/** As far as random numbers for seeds go. */
const MAX_SEED = 2 ** 32;

/**
 * Reads from the command line of `run` how the run goes.
 *
 * @param values the options as given
 * @param random makes the seed of `--shuffle`: from 0 to 1
 * @returns the settings
 * @throws {UsageError} when a value cannot be read, or two exclude each other
 */
export function runSettings(values: OptionValues, random: () => number): RunSettings {
  const untilFailure = values.has("until-failure");
  return {
    jobs: jobsOf(values),
    groups: groupLimitsOf(values),
    failFast: optionalNumber(values, "fail-fast", 1),
    untilFailure: untilFailure || undefined,
    maxTimeMs: values.durationMs("max-time"),
    retries: values.wholeNumber("retries", 0),
    retryDelayMs: values.durationMs("retry-delay"),
    retryAtEnd: values.has("retry-at-end") || undefined,
    repeat: values.wholeNumber("repeat", 1) ?? (untilFailure ? UNTIL_FAILURE_REPEAT : undefined),
    seed: optionalNumber(values, "shuffle", 0, () => Math.floor(random() * MAX_SEED)),
    leaks: values.text("leaks") as SuiteOptions["leaks"],
    keepLogs: values.has("keep-logs") || undefined,
    hook: values.has("no-hook") ? false : undefined,
    sampleTimeMs: values.durationMs("sample-time"),
    hookTimeoutMs: values.durationMs("hook-timeout"),
    softSignal: softSignalOf(values),
    hooksDir: values.text("hooks-dir"),
    preKillCommand: values.text("pre-kill-command"),
    limits: {
      timeoutMs: values.durationMs("timeout"),
      idleTimeoutMs: values.durationMs("idle-timeout"),
      startupTimeoutMs: values.durationMs("startup-timeout"),
      slowAfterMs: values.durationMs("slow-after"),
      graceMs: values.durationMs("grace"),
    },
  };
}

/**
 * Splits what is written as `NAME=VALUE`.
 *
 * @param option the option, for the error
 * @param text what was written
 * @returns both parts, neither empty
 * @throws {UsageError} when one is missing
 */
export function splitPair(option: string, text: string): readonly [name: string, value: string] {
  const equals = text.indexOf("=");
  if (equals > 0 && equals < text.length - 1) return [text.slice(0, equals), text.slice(equals + 1)];
  throw new UsageError(`Cannot use --${option} "${text}": write --${option} ${PAIR_WORDS[option]}`);
}

const PAIR_WORDS: Readonly<Record<string, string>> = { group: "NAME=GLOB", "group-limit": "NAME=N" };

function jobsOf(values: OptionValues): number | undefined {
  const text = values.text("jobs");
  if (text === undefined || text === "auto") return undefined;
  if (/^\d{1,6}$/.test(text) && Number(text) > 0) return Number(text);
  throw new UsageError(`Cannot use --jobs "${text}": it must be a whole number from 1 on, or auto`);
}

function groupLimitsOf(values: OptionValues): Record<string, number> | undefined {
  const pairs = values.texts("group-limit").map((text): [string, number] => {
    const [name, limit] = splitPair("group-limit", text);
    if (/^\d{1,6}$/.test(limit) && Number(limit) > 0) return [name, Number(limit)];
    throw new UsageError(`Cannot use --group-limit "${text}": the limit must be a whole number from 1 on`);
  });
  return pairs.length === 0 ? undefined : Object.fromEntries(pairs);
}

/** The number of an option whose value may be left out: `whenEmpty` then, or the least. */
function optionalNumber(
  values: OptionValues,
  name: string,
  least: number,
  whenEmpty: () => number = () => least,
): number | undefined {
  return values.text(name) === "" ? whenEmpty() : values.wholeNumber(name, least);
}

function softSignalOf(values: OptionValues): string | undefined {
  const text = values.text("signal");
  if (values.has("core")) {
    if (text === undefined) return "SIGQUIT";
    throw new UsageError("Cannot use --core and --signal together: --core is --signal QUIT; leave one out");
  }
  if (text === undefined) return undefined;
  const signal = parseSignal(text);
  if (signal !== undefined) return signal;
  throw new UsageError(
    `Cannot use --signal "${text}": a test is asked to end by a signal; name one, as TERM`,
  );
}
