import type { Runtime } from "../runtime/port.ts";
import type { PrespawnOptions, SuiteTest } from "./suite_options.ts";

/** What tests are started beforehand with. */
export interface WarmStartsOptions {
  readonly runtime: Runtime;
  /** How; undefined for the defaults. */
  readonly prespawn: PrespawnOptions | undefined;
  /** Tests at the same time. */
  readonly jobs: number;
  /** Absolute path of the session directory, which exists. */
  readonly sessionDir: string;
  /** Absolute path of the run's working directory. */
  readonly cwd: string;
  /** The environment of a test, without what differs from attempt to attempt. */
  environmentOf(test: SuiteTest): Record<string, string>;
  /** Attempts that run now. */
  runningCount(): number;
  /** Is told what is worth to know, a sentence each. */
  note(message: string): void;
  /** Is told what has failed, a sentence each; tests start cold then. */
  warn(message: string): void;
}

/** What it is loaded with. */
export interface LoadWarmSuiteOptions extends WarmStartsOptions {
  /** Those that may start warm. */
  readonly tests: readonly SuiteTest[];
  /** Ends the loading. */
  readonly signal: AbortSignal;
}
