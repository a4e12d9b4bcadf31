import { UsageError } from "../errors.ts";
import { parseSignal } from "../signals.ts";
import { resolve } from "../std/path.ts";
import type { SuiteConfig, TestOverride, TestSettings } from "../suite/config/suite_config.ts";
import { readSeed } from "../suite/history/shuffle_tests.ts";
import { PRESPAWN_MODES } from "../suite/config/config_keys.ts";
import type { PrespawnOptions, SuiteOptions } from "../suite/suite_options.ts";
import type { OptionValues } from "./option_values.ts";

/** How a run goes: what the command line says, else what `prekill.json` says for the whole run. */
export interface RunSettings {
  /** For every test. */
  readonly tests: TestSettings;
  /** For some tests, by globs below the working directory. */
  readonly overrides: readonly TestOverride[];
  /** For the whole run. */
  readonly suite: Omit<SuiteOptions, "sessionDir">;
  /** Each test so many times. */
  readonly repeat: number;
}

/** The value of `--jobs` that means as many as there are processors. */
const AUTO_JOBS = "auto";
/** Each repetition is planned, and takes memory, before the first starts. */
const MAX_REPEAT = 100_000;
/** How often a test is run that is to be run until it fails, when nothing else is said. */
const UNTIL_FAILURE_REPEAT = 100;

/**
 * Reads from the command line of `run` how the run goes.
 *
 * @param values the options as given
 * @param config what `prekill.json` says for the whole run
 * @param cwd absolute path that folders are relative to
 * @returns the settings
 * @throws {UsageError} when a value cannot be read, or two exclude each other
 */
export function runSettings(
  values: OptionValues,
  config: SuiteConfig["run"],
  cwd: string,
): RunSettings {
  const untilFailure = values.has("until-failure");
  const isAuto = values.text("jobs") === AUTO_JOBS;
  const prespawn = prespawnOf(values);
  return {
    tests: {
      ...testSettings(values, cwd),
      // For the tests of overrides as well.
      ...prespawn?.mode === "off" && { prespawn: "off" },
    },
    overrides: [
      ...values.texts("group").map((text) => {
        const [group, glob] = splitPair("group", text);
        return { files: [glob], group };
      }),
      ...values.texts("serial").map((glob) => ({ files: [glob], isSerial: true })),
    ],
    suite: {
      ...config,
      ...given({
        prespawn: prespawn && { ...config.prespawn, ...prespawn },
        failFast: optionalNumber(values, "fail-fast", 1),
        maxTimeMs: values.durationMs("max-time"),
        retryDelayMs: values.durationMs("retry-delay"),
        retryAtEnd: values.has("retry-at-end") || undefined,
        leaks: values.text("leaks") as SuiteOptions["leaks"],
        keepLogs: values.has("keep-logs") || undefined,
        sampleTimeMs: values.durationMs("sample-time"),
        hookTimeoutMs: values.durationMs("hook-timeout"),
        softSignal: softSignalOf(values),
      }),
      jobs: isAuto ? undefined : values.wholeNumber("jobs", 1, { word: AUTO_JOBS }) ?? config.jobs,
      groups: { ...config.groups, ...groupLimitsOf(values) },
      untilFailure,
      hook: !values.has("no-hook"),
      seed: values.has("shuffle") ? readSeed(values.text("shuffle")) : undefined,
    },
    repeat: values.wholeNumber("repeat", 1, { most: MAX_REPEAT }) ??
      (untilFailure ? UNTIL_FAILURE_REPEAT : 1),
  };
}

function testSettings(values: OptionValues, cwd: string): TestSettings {
  const hooksDir = values.text("hooks-dir");
  return given({
    runner: values.text("runner"),
    timeoutMs: values.durationMs("timeout"),
    idleTimeoutMs: values.durationMs("idle-timeout"),
    startupTimeoutMs: values.durationMs("startup-timeout"),
    slowAfterMs: values.durationMs("slow-after"),
    graceMs: values.durationMs("grace"),
    retries: values.wholeNumber("retries", 0),
    preloads: values.has("preload") ? values.texts("preload") : undefined,
    hooksDir: hooksDir === undefined ? undefined : resolve(cwd, hooksDir),
    preKillCommand: values.text("pre-kill-command"),
  });
}

/** Without a value: `auto`, whatever the configuration says. */
function prespawnOf(values: OptionValues): PrespawnOptions | undefined {
  const text = values.text("prespawn");
  if (text === undefined) return undefined;
  const mode = PRESPAWN_MODES.find((one) => one === (text || "auto"));
  if (mode !== undefined) return { mode };
  if (/^[1-9]\d{0,4}$/.test(text)) return { mode: "auto", size: Number(text) };
  throw new UsageError(
    `Cannot use --prespawn "${text}": it is auto, fork, off, or how many processes may wait, from 1 to 99999`,
  );
}

/** Without what was not given, which must not hide what the configuration says. */
function given<T extends object>(settings: T): Partial<T> {
  return Object.fromEntries(Object.entries(settings).filter(([, value]) => value !== undefined)) as Partial<
    T
  >;
}

function splitPair(option: string, text: string): readonly [name: string, value: string] {
  const equals = text.indexOf("=");
  if (equals > 0 && equals < text.length - 1) return [text.slice(0, equals), text.slice(equals + 1)];
  throw new UsageError(`Cannot use --${option} "${text}": write --${option} ${PAIR_WORDS[option]}`);
}

const PAIR_WORDS: Readonly<Record<string, string>> = { group: "NAME=GLOB", "group-limit": "NAME=N" };

function groupLimitsOf(values: OptionValues): Record<string, number> | undefined {
  const pairs = values.texts("group-limit").map((text): [string, number] => {
    const [name, limit] = splitPair("group-limit", text);
    if (/^\d{1,6}$/.test(limit) && Number(limit) > 0) return [name, Number(limit)];
    throw new UsageError(`Cannot use --group-limit "${text}": the limit must be a whole number from 1 on`);
  });
  return pairs.length === 0 ? undefined : Object.fromEntries(pairs);
}

/** The number of an option whose value may be left out: the least then. */
function optionalNumber(
  values: OptionValues,
  name: string,
  least: number,
): number | undefined {
  return values.text(name) === "" ? least : values.wholeNumber(name, least);
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
