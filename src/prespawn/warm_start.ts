/** How a runner is started before its job is known. Equal ones share a pool. */
export interface WarmStart {
  /** Name of the runner, for people: `python`, `deno-test`, or the file of somebody's own. */
  readonly runner: string;
  /** Program and arguments that start it. */
  readonly command: readonly [string, ...string[]];
  /** The runner program among `command`; when it does not exist, nothing is started and tests start cold. */
  readonly runnerFile: string;
  /** Absolute path of the directory that it starts in; the job's may be another. */
  readonly cwd: string;
  /**
   * The whole environment at its start, without what differs from attempt to attempt: what an interpreter reads of it when
   * it starts (`PYTHONHASHSEED`, `NODE_OPTIONS`, `LC_ALL`) is the job's then.
   */
  readonly env: Readonly<Record<string, string>>;
  /** Modules to load before the job comes, by the names of the language. */
  readonly preloads: readonly string[];
  /** Whether it knows its test from the start: that it cannot start then says nothing about the others of its runner. */
  readonly isForOneTest?: boolean | undefined;
}

/** Where the output of a runner, and so of the test, goes. */
export type RunnerOutput =
  /** Both streams are appended to a file by the kernel. */
  | { readonly kind: "log"; readonly path: string }
  /** To whoever reads the child's streams; with `mergeStderr` both come on `stdout`, in their order. */
  | { readonly kind: "piped"; readonly mergeStderr?: boolean | undefined }
  /** To prekill's own streams; with `mergeStderr` both to its standard output. */
  | { readonly kind: "inherit"; readonly mergeStderr?: boolean | undefined };

/**
 * Environment variables that a runner is started with, beside those of `WarmStart.env`. A test never sees them, as the
 * job's environment replaces all.
 */
export const RUNNER_VARIABLES = {
  /** Path of a file that does not exist yet: the runner writes `ready` and a line feed to it once it waits for its job. */
  ready: "PREKILL_READY",
  /** JSON array of the modules to preload, as `encodePreloads` writes it. */
  preload: "PREKILL_PRELOAD",
} as const;

/** With the name of the variable, room for `PREKILL_ID` and its value. */
const MIN_PRELOAD_CHARACTERS = 40;

/**
 * The value of `RUNNER_VARIABLES.preload`. The kernel shows the environment that a process was started with, and by that the
 * processes which a test forks and leaves are found: so the Python runner writes the attempt's `PREKILL_ID` over this
 * variable, which is long enough.
 *
 * @param preloads names of modules
 * @returns a JSON array, spaces behind it
 */
export function encodePreloads(preloads: readonly string[]): string {
  return JSON.stringify(preloads).padEnd(MIN_PRELOAD_CHARACTERS);
}
