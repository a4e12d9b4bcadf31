import type { SuiteConfig, TestOverride, TestSettings } from "../config/suite_config.ts";
import type { SuiteTest } from "../suite_options.ts";

/** What is looked for, and how it is run. */
export interface DiscoverOptions {
  /** Files, folders and globs; with none, and no list, those of the configuration, or the whole working directory. */
  readonly paths: readonly string[];
  /** The entries of `--list-from`, taken as they are; with a command they need not be files. */
  readonly listed?: readonly string[] | undefined;
  /** Program and arguments of `-- COMMAND`, with `{}`, `{/}` or `{.}` for the file; undefined for the runner of each file. */
  readonly command?: readonly string[] | undefined;
  /** Of the project, as `loadConfig` reads it. */
  readonly config: SuiteConfig;
  /** Settings of the command line for every test, such as `--timeout` and `--runner`. */
  readonly settings?: TestSettings | undefined;
  /** Settings of the command line for some tests, such as `--serial GLOB`. */
  readonly overrides?: readonly TestOverride[] | undefined;
  /** Each test so many times (`--repeat`); 1 when undefined. */
  readonly repeat?: number | undefined;
  /** Absolute path; the caller's working directory when undefined. */
  readonly cwd?: string | undefined;
}

/** What was found. */
export interface DiscoveredTests {
  /** In the order in which they were named; those in a folder by name. */
  readonly tests: readonly SuiteTest[];
  /** Why the run must not start: sentences about what was named and cannot be run. */
  readonly problems: readonly string[];
  /** What could not be looked at, and does not keep the rest from being run: sentences. */
  readonly warnings: readonly string[];
  /** What was looked for and where, as a sentence for when nothing was found. */
  readonly lookedFor: string;
}
