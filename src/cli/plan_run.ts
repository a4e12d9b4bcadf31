import { UsageError } from "../errors.ts";
import type { Runtime } from "../runtime/port.ts";
import { join, resolve } from "../std/path.ts";
import { loadConfig } from "../suite/config/load_config.ts";
import { discoverTests } from "../suite/discovery/discover_tests.ts";
import type { History, TestHistory } from "../suite/history/history.ts";
import { HistoryFile } from "../suite/history/history_file.ts";
import { orderTests } from "../suite/history/order_tests.ts";
import type { EarlierRun } from "../suite/resume/read_run.ts";
import type { Shard } from "../suite/shard/shard.ts";
import type { SuiteOptions, SuiteTest } from "../suite/suite_options.ts";
import type { OptionValues } from "./option_values.ts";
import { runSettings } from "./run_settings.ts";
import { unusedSelections } from "./unused_selections.ts";

const NO_SHARD =
  "--shard auto: no variable of this machine tells a shard, so all tests run; set PREKILL_SHARD_INDEX (from 1) and PREKILL_SHARDS, as in a matrix of GitHub";

/** A run that can begin. */
export interface PlannedRun {
  /** In the order in which they are to start. */
  readonly tests: readonly SuiteTest[];
  readonly options: Omit<SuiteOptions, "sessionDir">;
  /** Why the run must not start, a sentence each. */
  readonly problems: readonly string[];
  /** What people should know, such as what could not be looked at, a sentence each. */
  readonly warnings: readonly string[];
  /** Why there are no tests, as a sentence; undefined when there are some. */
  readonly nothing: string | undefined;
  /** What is known of the tests. */
  readonly history: History;
  /** The name by which the history knows a test. */
  historyIdOf(testId: string): string;
  readonly historyFile: HistoryFile;
  /** Which tests are these, when they are not all. */
  readonly shard: Shard | undefined;
}

/** What is to be planned. */
export interface PlanRunOptions {
  readonly values: OptionValues;
  /** What follows `--`. */
  readonly command: readonly string[] | undefined;
  /** Absolute path of the run's working directory. */
  readonly cwd: string;
  /** The run that is carried on. */
  readonly earlier: EarlierRun | undefined;
}

/**
 * Finds the tests of a run, and decides in which order and how they run.
 *
 * @param options what is to be planned
 * @param runtime the host
 * @returns the plan; nothing has been started or written
 * @throws {UsageError} when the command line or the configuration is wrong
 */
export async function planRun(
  { values, command, cwd, earlier }: PlanRunOptions,
  runtime: Runtime,
): Promise<PlannedRun> {
  if (values.has("config") && values.has("no-config")) {
    throw new UsageError("Cannot use --config and --no-config together: leave one out");
  }
  const config = loadConfig(runtime.files, {
    cwd,
    path: values.text("config"),
    isOff: values.has("no-config"),
  });
  const { tests: settings, overrides, suite, repeat } = runSettings(values, config.run, cwd);
  const found = await discoverTests({
    paths: values.operands,
    listed: await listOf(values.text("list-from"), cwd, runtime),
    command,
    config,
    settings,
    overrides,
    repeat,
    cwd,
  }, runtime);
  const historyFile = new HistoryFile(runtime.files, join(cwd, ".prekill"));
  const historyIdOf = (testId: string): string => repeat === 1 ? testId : testId.replace(/#\d+$/, "");
  const shard = await shardOf(values, runtime);
  const isShardUnknown = shard === undefined && values.has("shard");
  const history = historyOf(found.tests, historyFile.read(shard), historyIdOf);
  const options = {
    ...suite,
    cwd,
    shard: shard === undefined ? undefined : `${shard.index}/${shard.count}`,
  };
  const plan = {
    options,
    warnings: [
      ...found.warnings,
      ...unusedSelections(values, found.tests, cwd),
      ...(isShardUnknown ? [NO_SHARD] : []),
    ],
    problems: found.problems,
    history,
    historyFile,
    historyIdOf,
    shard,
  };
  if (found.tests.length === 0) return { ...plan, tests: [], nothing: found.lookedFor };
  if (earlier !== undefined && earlier.isPlanComplete) {
    return { ...plan, tests: restOf(earlier, found.tests), nothing: undefined };
  }
  const { tests, nothing, warnings } = await select(found.tests, { values, history, shard });
  const { seed } = suite;
  const ordered = seed === undefined
    ? orderTests(tests, history)
    : (await import("../suite/history/shuffle_tests.ts")).shuffleTests(tests, seed);
  return { ...plan, tests: ordered, nothing, warnings: [...plan.warnings, ...warnings] };
}

/** What is known of these tests; a repetition is known by what it repeats. */
function historyOf(
  tests: readonly SuiteTest[],
  { tests: known }: History,
  historyIdOf: (testId: string) => string,
): History {
  const own = new Map<string, TestHistory>();
  for (const { testId } of tests) {
    const entry = known.get(historyIdOf(testId));
    if (entry !== undefined) own.set(testId, entry);
  }
  return { tests: own };
}

async function listOf(
  path: string | undefined,
  cwd: string,
  runtime: Runtime,
): Promise<string[] | undefined> {
  if (path === undefined) return undefined;
  const { readTestList, splitTestList } = await import("../suite/discovery/read_test_list.ts");
  const { isPiped, readPiped, STANDARD_INPUT } = await import("./read_piped.ts");
  const place = path === STANDARD_INPUT ? path : resolve(cwd, path);
  if (!isPiped(place, runtime)) return readTestList(runtime.files, path, cwd);
  return splitTestList(await readPiped(place, runtime));
}

async function shardOf(values: OptionValues, runtime: Runtime): Promise<Shard | undefined> {
  const text = values.text("shard");
  // Bazel divides a test whenever it sets these, and asks nobody.
  if (text === undefined && runtime.getEnv("TEST_SHARD_INDEX") === undefined) return undefined;
  const { readShard } = await import("../suite/shard/read_shard.ts");
  return readShard(text ?? "auto", runtime.environment());
}

/** Of all tests those that are wanted now. */
async function select(
  all: readonly SuiteTest[],
  { values, history, shard }: { values: OptionValues; history: History; shard: Shard | undefined },
): Promise<Pick<PlannedRun, "tests" | "nothing" | "warnings">> {
  let tests = all;
  const warnings: string[] = [];
  if (values.has("rerun-failed")) {
    const { selectFailed } = await import("../suite/history/select_failed.ts");
    tests = selectFailed(tests, history);
    if (tests.length === 0) {
      const nothing = `of ${all.length} tests none is known to have failed the last time it ran`;
      return { tests, nothing, warnings };
    }
  }
  if (shard !== undefined) {
    const { selectShard } = await import("../suite/shard/select_shard.ts");
    const count = tests.length;
    tests = selectShard(tests, shard, history).tests;
    // A machine too many is no mistake: it passes, with reports of no tests.
    if (tests.length === 0) {
      warnings.push(`shard ${shard.index}/${shard.count} has none of the tests (${count})`);
    }
  }
  return { tests, nothing: undefined, warnings };
}

/** All tests of an earlier run, in their order, with the commands of today. */
function restOf(earlier: EarlierRun, found: readonly SuiteTest[]): readonly SuiteTest[] {
  const byId = new Map(found.map((test) => [test.testId, test]));
  const lost = earlier.left.filter(({ testId }) => !byId.has(testId));
  if (lost.length > 0) {
    throw new UsageError(
      `Cannot carry the run on: ${lost.length} of its tests are not found any more, such as "${
        lost[0]!.name
      }"; bring them back, or begin a new run`,
    );
  }
  return earlier.tests.map(({ testId }) => byId.get(testId)).filter((test) => test !== undefined);
}
