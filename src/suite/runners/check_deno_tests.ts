import { withCookie } from "../../driver/cookie.ts";
import { Guard } from "../../driver/guard.ts";
import { runTool } from "../../runtime/run_tool.ts";
import type { Runtime } from "../../runtime/port.ts";
import { groupBy } from "../../std/group_by.ts";
import type { SuiteTest } from "../suite_options.ts";
import { testEnvironment } from "../test_environment.ts";

/** Options that a check of types takes too: how modules are found. The others are about what a test may do. */
const OF_MODULES =
  /^(?:-I(?:=.*)?|--(?:allow|deny)-import(?:=.*)?|--unstable-[a-z-]+|--no-(?:remote|npm|lock)|--cached-only|--frozen(?:=.*)?|--node-modules-dir(?:=.*)?|--sloppy-imports|--unsafely-ignore-certificate-errors(?:=.*)?|--(?:lock|import-map|config|cert|conditions|v8-flags)=.*)$/s;
const CHECK = /^--check(?:=.*)?$/;
const NO_CHECK = /^--no-check(?:=.*)?$/;
/** Files of one check; a system takes many more arguments. */
const MAX_FILES = 1000;

/** One test of Deno that checks its types. */
interface Checked {
  readonly test: SuiteTest;
  readonly deno: string;
  readonly flags: readonly string[];
  readonly file: string;
}

/** What goes with a check. */
export interface CheckDenoTestsOptions {
  /** Absolute path of the run's working directory. */
  readonly cwd: string;
  /** The whole environment of the tests. */
  readonly env: Readonly<Record<string, string>>;
  /** Is told that a check begins, which takes seconds, and of how many files. */
  onCheck?(files: number): void;
  /** Ends the checks, which begin no more. */
  readonly signal?: AbortSignal | undefined;
}

/**
 * Checks the types of all tests of a project at once, as `deno test` does when it is given all of them: a check for each
 * file takes seconds each. Tests whose types are right so need no check of their own; where something is wrong, each
 * still checks itself, so that those fail whose fault it is. A check ends with this process, however that dies.
 *
 * @param tests of a run
 * @param options what goes with it
 * @param runtime the host
 * @returns the tests in their order, with `--no-check` where all is well
 */
export async function checkDenoTests(
  tests: readonly SuiteTest[],
  options: CheckDenoTestsOptions,
  runtime: Runtime,
): Promise<readonly SuiteTest[]> {
  const checked = tests.map(readTest).filter((test) => test !== undefined);
  const groups = groupBy(
    checked,
    ({ test, deno, flags }) => JSON.stringify([test.cwd, test.env, deno, flags]),
  );
  const right = new Set<SuiteTest>();
  for (const group of groups.values()) {
    const files = [...new Set(group.map(({ file }) => file))];
    if (files.length < 2) continue;
    options.onCheck?.(files.length);
    for (let at = 0; at < files.length; at += MAX_FILES) {
      const some = new Set(files.slice(at, at + MAX_FILES));
      if (!await areRight(group[0]!, some, options, runtime)) continue;
      for (const { test, file } of group) if (some.has(file)) right.add(test);
    }
  }
  return right.size === 0 ? tests : tests.map((test) => right.has(test) ? withoutCheck(test) : test);
}

/** Whether the types of all these files are right. */
async function areRight(
  { test, deno, flags }: Checked,
  files: Iterable<string>,
  { cwd, env, signal }: CheckDenoTestsOptions,
  runtime: Runtime,
): Promise<boolean> {
  const all = flags.includes("--check=all") ? ["--all"] : [];
  const cookie = crypto.randomUUID();
  const release = Guard.protect(runtime, { target: "any", cookie, signal: "SIGTERM" });
  const { status } = await runTool(runtime, {
    program: deno,
    args: ["check", "--quiet", ...all, ...flags.filter((flag) => OF_MODULES.test(flag)), ...files],
    env: withCookie(testEnvironment(env, test), cookie),
    cwd: test.cwd ?? cwd,
    timeoutMs: Infinity,
    signal,
  });
  await release();
  return status === "ok";
}

function readTest(test: SuiteTest): Checked | undefined {
  const [deno, subcommand, ...words] = test.command;
  const file = words.at(-1);
  const flags = words.slice(0, -1);
  // A name with wildcards is given as a URL, and checks itself.
  const isOne = test.runner === "deno-test" && subcommand === "test" && file?.startsWith(".") === true;
  if (!isOne || test.skip !== undefined || flags.some((flag) => NO_CHECK.test(flag))) return undefined;
  return { test, deno, flags, file };
}

function withoutCheck(test: SuiteTest): SuiteTest {
  const [deno, subcommand, ...words] = test.command;
  const rest = words.filter((word) => !CHECK.test(word));
  return { ...test, command: [deno, subcommand!, "--no-check", ...rest] };
}
