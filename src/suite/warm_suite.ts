import { resolve } from "../std/path.ts";
import { ownRunnerFile, warmOwnTest } from "../prespawn/warm_own_test.ts";
import { ForkServer } from "../prespawn/fork_server.ts";
import { runnerPath } from "../prespawn/runner_path.ts";
import { runnerProgramOf } from "../prespawn/runner_program_of.ts";
import { WarmPools } from "../prespawn/warm_pools.ts";
import { warmStartKey } from "../prespawn/warm_start_key.ts";
import type { WarmTest } from "../prespawn/warm_test.ts";
import { warmTestOf } from "../prespawn/warm_test_of.ts";
import { PreloadChoice } from "./preload_choice.ts";
import { prespawnModeOf } from "./may_start_warm.ts";
import type { SuiteTest } from "./suite_options.ts";
import type { LoadWarmSuiteOptions } from "./warm_starts_options.ts";

/** What starts the tests of a run beforehand, loaded. */
export interface WarmSuite {
  readonly pools: WarmPools;
  /** How a test starts warm; undefined when it cannot. */
  warmTest(test: SuiteTest): WarmTest | undefined;
  /** Ends all that wait, waits for it, and removes the files. */
  stop(): Promise<void>;
}

const FORK_SERVER = "fork_server.py";
const PYTHON = "python.py";

/**
 * Makes ready what starts tests beforehand: the programs of their runners, the modules that are to be loaded, the pools.
 *
 * @param options what it is loaded with
 * @returns the pools, in which nothing has been started; undefined when the loading was ended
 * @throws {HostError} when the files cannot be written
 */
export async function loadWarmSuite(options: LoadWarmSuiteOptions): Promise<WarmSuite | undefined> {
  const { runtime, prespawn = {}, signal } = options;
  const directory = `${options.sessionDir}/warm`;
  runtime.files.makeDirectory(directory);
  const removeDirectory = (): void => runtime.files.remove(directory, { recursive: true });
  let paths: Map<string, string>;
  let preloads: PreloadChoice;
  try {
    paths = await runnerPathsOf(options, directory);
    preloads = await PreloadChoice.of(options);
  } catch (error) {
    removeDirectory();
    throw error;
  }
  if (signal.aborted) return void removeDirectory();
  /** The starts whose processes are forked. */
  const forked = new Set<string>();
  /** Those that could not be forked. */
  const unforkable = new Set<string>();
  const pools = new WarmPools({
    directory,
    size: prespawn.size ?? options.jobs,
    onlyPrepared: true,
    runningCount: () => options.runningCount(),
    onSwitchOff: (message, why) => why === "failed" ? options.warn(message) : options.note(message),
    createSource: (start) => {
      const key = warmStartKey(start);
      if (!forked.has(key) || unforkable.has(key)) return undefined;
      const server = new ForkServer({ start, serverFile: paths.get(FORK_SERVER)!, directory }, runtime);
      server.start();
      return server;
    },
    replacesSource: (start, reason) => {
      options.note(`Tests of the ${start.runner} runner are not forked: ${reason}`);
      unforkable.add(warmStartKey(start));
    },
  }, runtime);
  const find = (test: SuiteTest): WarmTest | undefined => {
    const place = { cwd: test.cwd ?? options.cwd, env: options.environmentOf(test) };
    const start = { ...place, preloads: preloads.of(test) };
    if (test.warmRunner !== undefined) return warmOwnTest(test.warmRunner, { ...test, ...start });
    return warmTestOf(test.command, { ...start, runnerPath: (name) => paths.get(name) });
  };
  return {
    pools,
    warmTest: (test) => {
      const found = find(test);
      const isForked = found?.start.runnerFile === paths.get(PYTHON) &&
        prespawnModeOf(test, prespawn) === "fork";
      if (isForked) forked.add(warmStartKey(found!.start));
      return found;
    },
    stop: async () => {
      await pools.stop();
      removeDirectory();
    },
  };
}

async function runnerPathsOf(
  { runtime, prespawn, tests, warn }: LoadWarmSuiteOptions,
  privateFolder: string,
): Promise<Map<string, string>> {
  const programs = new Set<string>();
  const own = new Set<string>();
  for (const test of tests) {
    const { warmRunner, command } = test;
    if (warmRunner !== undefined) {
      own.add(resolve(test.cwd ?? runtime.cwd(), ownRunnerFile(warmRunner)));
      continue;
    }
    const program = runnerProgramOf(command[0])!;
    programs.add(program);
    if (program === PYTHON && prespawnModeOf(test, prespawn) === "fork") programs.add(FORK_SERVER);
  }
  for (const file of own) {
    if (runtime.files.stat(file) !== undefined) continue;
    warn(`Cannot find the runner "${file}" of prekill.json: its tests start cold; correct warmRunner`);
  }
  const paths = new Map<string, string>();
  for (const name of programs) paths.set(name, await runnerPath(name, { runtime, privateFolder }));
  return paths;
}
