import type { WarmStart } from "./warm_start.ts";

/** A test that Deno runs. */
export interface DenoStartOptions {
  /** The command of a cold start: a Deno, `run` or `test`, its options, the file and its arguments. */
  readonly command: readonly [string, ...string[]];
  /** Absolute path of the directory of both starts. */
  readonly cwd: string;
  /** The whole environment, without what differs from attempt to attempt. */
  readonly env: Readonly<Record<string, string>>;
  /** Modules to load before, as a module in `cwd` would import them. */
  readonly preloads: readonly string[];
  /** Absolute path of the runner program, `runners/deno.mjs`. */
  readonly runnerFile: string;
  /**
   * Whether its inspector is open from the start, on the loopback interface, so that a sample shows the JavaScript stack
   * of a test that is busy; every user of the machine can reach it while the test runs.
   */
  readonly inspector?: boolean | undefined;
}

/** Any port; its address is told to who asks there, not on standard error. */
const INSPECTOR = ["--inspect=127.0.0.1:0", "--inspect-publish-uid=http"];
/** An inspector that the test has been given already. */
const OWN_INSPECTOR = /^--inspect/;
/** Options that give all permissions. */
const ALL = /^(?:-A|--allow-all)$/;
/** Options that take permissions away, or give those of a configuration file: what is left is not told here. */
const UNSURE = /^(?:--deny-.*|-P.*|--permission-set.*|--ignore-(?:env|read).*)$/s;
/** The program comes on standard input, or several test files share it. */
const UNFIT = /^(?:-|--parallel)$/;
const CHECK = /^--check(?:=.*)?$/;
/** Options that give the whole of a permission. */
const WHOLE = { env: /^(?:-E|--allow-env)$/, write: /^(?:-W|--allow-write)$/ } as const;

/**
 * How a Deno is started before its turn: by the cold command with the runner program as its first `--preload`. It is of
 * use for this one file only, because Deno decides on the main module, and `deno test` loads and checks it, before any
 * program can run; what is so gained is that no difference is left that a test could see.
 *
 * @param options the test
 * @returns the start; undefined when there is none: the command names no file, or the runner program would not have the
 * permissions to wait (it writes the file that says that it is ready, and takes the environment of its job)
 */
export function denoStart(options: DenoStartOptions): WarmStart | undefined {
  const { command, cwd, env, preloads, runnerFile } = options;
  const [deno, subcommand, ...rest] = command;
  if (subcommand !== "run" && subcommand !== "test") return undefined;
  const flags = flagsOf(rest);
  if (flags.length === rest.length || flags.some((flag) => UNFIT.test(flag)) || !mayWait(flags)) {
    return undefined;
  }
  // After a preload `deno run` does not check the main module any more; `deno test` has checked before.
  if (subcommand === "run" && flags.some((flag) => CHECK.test(flag))) return undefined;
  const inspector = options.inspector && !flags.some((flag) => OWN_INSPECTOR.test(flag)) ? INSPECTOR : [];
  return {
    runner: subcommand === "test" ? "deno-test" : "deno",
    // The runner program comes before the preloads of the command, which see the environment of the job as at a cold start.
    command: [deno, subcommand, ...inspector, `--preload=${runnerFile}`, ...rest],
    runnerFile,
    cwd,
    env,
    preloads,
    isForOneTest: true,
  };
}

function mayWait(flags: readonly string[]): boolean {
  if (flags.some((flag) => UNSURE.test(flag))) return false;
  const has = (pattern: RegExp): boolean => flags.some((flag) => pattern.test(flag));
  return has(ALL) || has(WHOLE.env) && has(WHOLE.write);
}

/** What stands before the file: all options of ours carry their value with `=`. */
function flagsOf(words: readonly string[]): readonly string[] {
  const end = words.findIndex((word) => !word.startsWith("-") || word === "--");
  return end < 0 ? words : words.slice(0, end);
}
