import type { SuiteOptions, SuiteTest, TestLimits } from "../suite_options.ts";

/** What can be set for a test: by the defaults of `prekill.json`, by one of its overrides, or on the command line. */
export interface TestSettings extends
  TestLimits,
  Pick<
    SuiteTest,
    | "env"
    | "group"
    | "isSerial"
    | "retries"
    | "expectTimeout"
    | "skipCodes"
    | "hooksDir"
    | "preKillCommand"
    | "prespawn"
    | "preloads"
    | "warmRunner"
    | "skip"
  > {
  /** Instead of the one that is chosen by the file's name and its project. */
  readonly runner?: string | undefined;
}

/** Settings for the tests whose files match. */
export interface TestOverride extends TestSettings {
  /** Globs below the folder of the configuration; one of them must match. */
  readonly files: readonly string[];
}

/** What can be set for a whole run. */
export type RunSettings = Pick<
  SuiteOptions,
  | "jobs"
  | "groups"
  | "prespawn"
  | "retryDelayMs"
  | "retryAtEnd"
  | "failFast"
  | "maxTimeMs"
  | "leaks"
  | "keepLogs"
  | "softSignal"
  | "sampleTimeMs"
  | "hookTimeoutMs"
>;

/** A `prekill.json`, checked. */
export interface SuiteConfig {
  /** Its absolute path; undefined when there is no such file. */
  readonly path?: string | undefined;
  /** Absolute path of the folder that its globs and paths are relative to. */
  readonly folder: string;
  /** For the run as a whole. */
  readonly run: RunSettings;
  /** For every test. */
  readonly tests: TestSettings;
  /** In the order in which they apply: a later one wins. */
  readonly overrides: readonly TestOverride[];
  /** Files, folders and globs that are run when none are named on the command line; undefined for the whole folder. */
  readonly files?: readonly string[] | undefined;
  /** Globs of what is never taken for a test, unless it is named by its own path. */
  readonly exclude: readonly string[];
}
