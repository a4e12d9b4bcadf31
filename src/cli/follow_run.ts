import { EXIT_INTERNAL } from "../exit_codes.ts";
import type { Runtime } from "../runtime/port.ts";
import type { SuiteRun } from "../suite/suite_run.ts";
import type { SuiteEvent } from "../suite_events.ts";
import { controlRun } from "./control_run.ts";
import type { Interruption } from "./listen_for_end.ts";
import type { OptionValues } from "./option_values.ts";
import { OutputQueue } from "./output_queue.ts";
import type { PlannedRun } from "./plan_run.ts";
import type { ResumedSession } from "./run_arguments.ts";
import { RunView } from "./run_view.ts";
import { tellProblem } from "./tell_problem.ts";
import { isReportWanted, type WantedReports } from "./wanted_reports.ts";

/** What a run is followed with. */
export interface FollowRunOptions
  extends Pick<PlannedRun, "history" | "historyFile" | "historyIdOf" | "shard"> {
  readonly values: OptionValues;
  readonly wanted: WantedReports;
  /** Absolute path of the session directory. */
  readonly sessionDir: string;
  /** The run that is carried on. */
  readonly earlier: ResumedSession | undefined;
  /** Has listened to signals since before the first test started; it is stopped here. */
  readonly interruption: Interruption;
}

type SettledEvent = Extract<SuiteEvent, { kind: "test-settled" }>;

/**
 * Shows a run until its end, lets it be controlled, and writes its reports and the history.
 *
 * @param suite the run
 * @param options what it is followed with
 * @param runtime the host
 * @returns the exit code
 */
export async function followRun(
  suite: SuiteRun,
  options: FollowRunOptions,
  runtime: Runtime,
): Promise<number> {
  const { values, wanted, sessionDir, history, historyFile, shard } = options;
  const stdout = new OutputQueue(runtime, "stdout");
  const output = wanted.onStdout === undefined ? stdout : new OutputQueue(runtime, "stderr");
  const expectedMs = new Map([...history.tests].map(([testId, { elapsedMs }]) => [testId, elapsedMs]));
  const view = new RunView({ values, sessionDir, expectedMs, isGithub: wanted.github }, output, runtime);
  const release = controlRun(suite, view, runtime);
  const signal = options.interruption.received();
  options.interruption.stop();
  if (signal !== undefined) suite.stop({ signal });
  const settled = new Map<string, SettledEvent>();
  let end: Extract<SuiteEvent, { kind: "run-settled" }> | undefined;
  try {
    const reports = isReportWanted(wanted)
      ? new (await import("./run_reports.ts")).RunReports(wanted, { sessionDir, stdout, output }, runtime)
      : undefined;
    for (const event of await earlierEvents(options)) {
      view.onEarlierEvent(event);
      reports?.onEvent(event);
    }
    for await (const event of suite) {
      view.onEvent(event);
      reports?.onEvent(event);
      if (event.kind === "test-settled") {
        remember(settled, { ...event, testId: options.historyIdOf(event.testId) });
      }
      if (event.kind === "run-settled") end = event;
    }
    view.end();
    const problems = [...await reports?.finish() ?? []];
    await output.flush();
    await stdout.flush();
    if (stdout.problem !== undefined) problems.push(stdout.problem);
    const forgotten = historyFile.add(settled.values(), { atMs: Date.now(), shard });
    if (forgotten !== undefined) tellProblem(runtime, forgotten);
    for (const problem of problems) tellProblem(runtime, problem);
    // Every run ends with this event.
    const { exitCode, counts, elapsedMs, starts } = end!;
    const code = exitCode === 0 && problems.length > 0 ? EXIT_INTERNAL : exitCode;
    if (values.has("json")) {
      runtime.writeSync(
        "stderr",
        `${JSON.stringify({ exitCode: code, counts, elapsedMs, starts, sessionDir })}\n`,
      );
    }
    return code;
  } finally {
    view.suspend();
    await release();
  }
}

/** Keeps how a test went for the history: of its repetitions the one that went worst. */
function remember(settled: Map<string, SettledEvent>, event: SettledEvent): void {
  const before = settled.get(event.testId)?.status;
  if (before === undefined || before === "passed" || before === "skipped") settled.set(event.testId, event);
}

async function earlierEvents({ earlier }: FollowRunOptions): Promise<readonly SuiteEvent[]> {
  if (earlier === undefined) return [];
  const { readEvents } = await import("../report/read_events.ts");
  return readEvents(earlier.eventsText).events;
}
