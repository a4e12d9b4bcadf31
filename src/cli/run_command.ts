import { messageOf, UsageError } from "../errors.ts";
import { EXIT_SIGNAL_BASE } from "../exit_codes.ts";
import { checkHooksDir } from "../hooks/load_pre_kill_hook.ts";
import { createSessionDir } from "../hooks/sample/session_dir.ts";
import type { Runtime } from "../runtime/port.ts";
import { signalNumber } from "../signals.ts";
import { runSuite } from "../suite/run_suite.ts";
import type { SuiteTest } from "../suite/suite_options.ts";
import { listenForEnd } from "./listen_for_end.ts";
import type { OptionValues } from "./option_values.ts";
import { type PlannedRun, planRun } from "./plan_run.ts";
import { readRunArguments, type RunArguments } from "./run_arguments.ts";
import { RUN_COMMAND } from "./run_options.ts";
import { tellProblem } from "./tell_problem.ts";
import { wantedReports } from "./wanted_reports.ts";

/** `run` has codes of its own: 125 is for prekill's own failures. */
const EXIT_USAGE = 2;
const EXIT_NOTHING = 3;

/**
 * `prekill run`: many tests, each in a process of its own.
 *
 * @param args what follows the subcommand
 * @param runtime the host
 * @returns the exit code
 * @throws {HostError} when the host refuses what it needs
 */
export async function runCommand(args: readonly string[], runtime: Runtime): Promise<number> {
  try {
    return await run(await readRunArguments(args, runtime), runtime);
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    tellProblem(runtime, messageOf(error));
    return EXIT_USAGE;
  }
}

async function run(line: RunArguments, runtime: Runtime): Promise<number> {
  const { values, cwd, earlier, args } = line;
  if (values.has("help") || values.has("version")) {
    const { answerGeneral } = await import("./answer_general.ts");
    return await answerGeneral(values, RUN_COMMAND, runtime);
  }
  const plan = await planRun(line, runtime);
  const wanted = wantedReports(values, cwd, runtime);
  for (const sentence of [...plan.problems, ...plan.warnings]) tellProblem(runtime, sentence);
  if (plan.shard?.statusFile !== undefined) {
    const { acknowledgeShard } = await import("../suite/shard/acknowledge_shard.ts");
    const problem = acknowledgeShard(plan.shard, runtime.files);
    if (problem !== undefined) tellProblem(runtime, problem);
  }
  if (plan.problems.length > 0) return EXIT_USAGE;
  if (plan.nothing !== undefined) {
    tellProblem(runtime, plan.nothing);
    return EXIT_NOTHING;
  }
  if (values.has("list")) {
    const { listTests } = await import("./list_tests.ts");
    return await listTests(plan.tests, values, runtime);
  }
  for (const folder of new Set(plan.tests.map(({ hooksDir }) => hooksDir))) {
    if (folder !== undefined) checkHooksDir(runtime, runtime.os, folder);
  }
  const interruption = listenForEnd(runtime);
  const tests = await withCheckedTypes(plan, { cwd, values, signal: interruption.signal }, runtime);
  const received = interruption.received();
  if (received !== undefined) {
    interruption.stop();
    return EXIT_SIGNAL_BASE + signalNumber(received);
  }
  const place = earlier?.sessionDir ?? values.text("session-dir");
  const sessionDir = createSessionDir(runtime, place, performance.timeOrigin);
  sessionDir.ensure();
  // What is due is told on time, however busy the tests keep the machine.
  runtime.raisePriority();
  // Tests start now; what shows them is loaded while the first of them run.
  const suite = runSuite(tests, {
    ...plan.options,
    sessionDir: sessionDir.path,
    args,
    resume: earlier?.resume,
  }, runtime);
  try {
    const { followRun } = await import("./follow_run.ts");
    return await followRun(suite, {
      ...plan,
      values,
      wanted,
      sessionDir: sessionDir.path,
      earlier,
      interruption,
    }, runtime);
  } finally {
    await suite[Symbol.asyncDispose]();
  }
}

/** Tests of Deno whose types are right need not each check them. */
async function withCheckedTypes(
  { tests, options }: PlannedRun,
  { cwd, values, signal }: { cwd: string; values: OptionValues; signal: AbortSignal },
  runtime: Runtime,
): Promise<readonly SuiteTest[]> {
  if (!tests.some(({ runner }) => runner === "deno-test")) return tests;
  const { checkDenoTests } = await import("../suite/runners/check_deno_tests.ts");
  return await checkDenoTests(tests, {
    cwd,
    env: options.env ?? runtime.environment(),
    signal,
    onCheck: (files) => {
      if (!values.has("quiet")) tellProblem(runtime, `checking the types of ${files} test files`);
    },
  }, runtime);
}
