/** What a runner is told on its standard input, version 1 of the protocol: one JSON object, then end-of-file. */
export interface Job {
  /** Version of the protocol. */
  readonly v: 1;
  /** Path of the test, absolute or relative to `cwd`: as it would stand in the command of a cold start. */
  readonly main: string;
  /** Arguments after the test's path. */
  readonly args: readonly string[];
  /** The whole environment: the runner replaces its own with it. */
  readonly env: Readonly<Record<string, string>>;
  /** Absolute path of the working directory. */
  readonly cwd: string;
}

/** The empty job: the runner exits with 0 at once. End-of-file without a job means the same. */
const EMPTY_JOB = "null";

/**
 * What is written to a runner's standard input before it is closed.
 *
 * @param job what is to run; undefined for the empty job
 * @returns JSON in UTF-8; half surrogates are escaped
 */
export function encodeJob(job: Job | undefined): Uint8Array {
  return new TextEncoder().encode(job === undefined ? EMPTY_JOB : JSON.stringify(job));
}
