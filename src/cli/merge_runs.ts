import { addStarts } from "../report/add_starts.ts";
import type { ReportedAttempt, RunSummary, TestSummary } from "../report/run_summary.ts";
import { dirname } from "../std/path.ts";
import { noCounts } from "../status_counts.ts";
import type { RunPlan, TestStatus } from "../suite_events.ts";
import { checkShards } from "./check_shards.ts";
import { pathFrom } from "./path_from.ts";

/** A run and where it is. */
export interface RunOfSession {
  readonly run: RunSummary;
  /** Absolute path of its session directory. */
  readonly sessionDir: string;
}

/**
 * Makes one run of several, such as the shards of one: all their tests in turn, with the counts together.
 *
 * @param runs at least one
 * @returns the run, and the folder that the paths of its logs begin in
 */
export function mergeRuns(runs: readonly RunOfSession[]): RunOfSession {
  const [first] = runs;
  if (first === undefined) throw new RangeError("Cannot merge runs: there is none");
  if (runs.length === 1) return first;
  const folder = runs.map(({ sessionDir }) => sessionDir).reduce(commonFolder);
  const counts = noCounts();
  for (const { run } of runs) {
    for (const status of Object.keys(counts) as TestStatus[]) counts[status] += run.counts[status];
  }
  const { missing, warnings } = checkShards(runs.map(({ run }) => run));
  const codes = runs.map(({ run }) => run.settled?.exitCode);
  return {
    sessionDir: folder,
    run: {
      plan: commonPlan(runs.map(({ run }) => run.plan)),
      startedAtMs: Math.min(...runs.map(({ run }) => run.startedAtMs)),
      tests: runs.flatMap(({ run, sessionDir }) =>
        run.tests.map((test) => withFolder(test, pathFrom(sessionDir, folder)))
      ),
      counts,
      elapsedMs: runs.reduce((sum, { run }) => sum + run.elapsedMs, 0),
      stopping: runs.find(({ run }) => run.stopping !== undefined)?.run.stopping,
      warnings: [...warnings, ...runs.flatMap(({ run }) => run.warnings)],
      notes: runs.flatMap(({ run }) => run.notes),
      starts: runs.map(({ run }) => run.starts).reduce(addStarts),
      resumed: runs.reduce((sum, { run }) => sum + run.resumed, 0),
      stalledMs: runs.reduce((sum, { run }) => sum + run.stalledMs, 0),
      missing,
      // As long as one is missing or has not come to its end, all together have not.
      settled: missing !== undefined || codes.includes(undefined)
        ? undefined
        : { exitCode: Math.max(...codes as number[]) },
    },
  };
}

/** The plan of the first, without what does not hold for all. */
function commonPlan(plans: readonly RunSummary["plan"][]): RunSummary["plan"] {
  const first = plans.find((plan) => plan !== undefined);
  if (first === undefined) return undefined;
  const { host, shard } = first;
  const isSame = (of: (plan: RunPlan) => unknown): boolean =>
    plans.every((plan) => plan === undefined || of(plan) === of(first));
  return {
    ...first,
    shard: isSame((plan) => plan.shard) ? shard : undefined,
    host: { ...host, name: isSame((plan) => plan.host.name) ? host.name : undefined },
  };
}

function withFolder(test: TestSummary, folder: string): TestSummary {
  const place = (attempt: ReportedAttempt): ReportedAttempt =>
    attempt.logPath === undefined ? attempt : { ...attempt, logPath: `${folder}/${attempt.logPath}` };
  return { ...test, attempts: test.attempts.map(place) };
}

/** The nearest folder that is above both, or is one of them. */
function commonFolder(one: string, other: string): string {
  let folder = one;
  while (other !== folder && pathFrom(other, folder) === other && dirname(folder) !== folder) {
    folder = dirname(folder);
  }
  return folder;
}
