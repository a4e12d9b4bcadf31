import type { Spawner } from "../driver/driver_options.ts";
import { messageOf } from "../errors.ts";
import type { StartCounts, WarmPools } from "../prespawn/warm_pools.ts";
import type { WarmTest } from "../prespawn/warm_test.ts";
import type { Runtime } from "../runtime/port.ts";
import type { PrespawnOptions, SuiteTest } from "./suite_options.ts";

/** What starts tests beforehand, once it has been loaded. */
interface Warm {
  readonly pools: WarmPools;
  /** How a test starts warm; undefined when it cannot. */
  warmTest(test: SuiteTest): WarmTest | undefined;
}

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
  /** Is told what is not started beforehand any more, and why. */
  warn(message: string): void;
}

/** Starts the processes of a run's tests beforehand, where their runners can and it pays. */
export class WarmStarts {
  readonly #options: WarmStartsOptions;
  /** Tests that have not started, in the order in which they will. */
  readonly #expected = new Map<string, SuiteTest>();
  #loading: Promise<void> = Promise.resolve();
  #warm: Warm | undefined;
  #isStopped = false;

  /** @param options what tests are started beforehand with */
  constructor(options: WarmStartsOptions) {
    this.#options = options;
  }

  /** How many tests were started in which way; undefined when none could have been started beforehand. */
  get counts(): StartCounts | undefined {
    return this.#warm?.pools.counts;
  }

  /**
   * Begins to start processes for tests. Those that start meanwhile start cold.
   *
   * @param tests in the order in which they will start; those that run alone come after all others
   */
  expect(tests: readonly SuiteTest[]): void {
    if (this.#options.prespawn?.mode === "off" || this.#options.runtime.os === "windows") return;
    const wanted = tests.filter(({ skip }) => skip === undefined);
    const isSerial = (test: SuiteTest): boolean => test.isSerial ?? false;
    for (const test of [...wanted.filter((test) => !isSerial(test)), ...wanted.filter(isSerial)]) {
      this.#expected.set(test.testId, test);
    }
    this.#loading = this.#load(wanted).catch((error) => {
      this.#options.warn(`Tests start cold: ${messageOf(error)}`);
    });
  }

  /**
   * What gives an attempt its process.
   *
   * @param test whose attempt is about to start
   * @param ended resolves with the time of the attempt, as in `TakeOptions`
   * @returns the spawner; undefined when the test starts cold
   */
  spawner(test: SuiteTest, ended: Promise<number | undefined>): Spawner | undefined {
    this.#expected.delete(test.testId);
    const warm = this.#warm;
    const found = warm?.warmTest(test);
    if (warm === undefined || found === undefined) return undefined;
    const { start, main, args } = found;
    return ({ env, cwd = this.#options.cwd, outputPath }, signal) =>
      warm.pools.take(start, { v: 1, main, args, env, cwd }, { logPath: outputPath, signal, ended });
  }

  /** Ends all that wait for a test, and waits for it. */
  async stop(): Promise<void> {
    this.#isStopped = true;
    await this.#loading;
    await this.#warm?.pools.stop();
    if (this.#warm !== undefined) this.#options.runtime.files.remove(this.#directory, { recursive: true });
  }

  get #directory(): string {
    return `${this.#options.sessionDir}/warm`;
  }

  async #load(tests: readonly SuiteTest[]): Promise<void> {
    const { runtime, prespawn = {}, jobs, cwd } = this.#options;
    const { runnerProgramOf } = await import("../prespawn/runner_program_of.ts");
    const programs = new Set(tests.map(({ command }) => runnerProgramOf(command[0])));
    programs.delete(undefined);
    // Whoever runs other things never loads the rest.
    if (programs.size === 0 || tests.length <= jobs || this.#isStopped) return;
    const [{ WarmPools }, { warmTest }, { runnerPath }, { ForkServer }] = await Promise.all([
      import("../prespawn/warm_pools.ts"),
      import("../prespawn/warm_test.ts"),
      import("../prespawn/runner_path.ts"),
      import("../prespawn/fork_server.ts"),
    ]);
    const paths = new Map<string, string>();
    for (const name of programs) paths.set(name!, await runnerPath(name!, runtime));
    const serverFile = prespawn.mode === "fork" ? await runnerPath("fork_server.py", runtime) : undefined;
    if (this.#isStopped) return;
    runtime.files.makeDirectory(this.#directory);
    const pools = new WarmPools({
      directory: this.#directory,
      size: prespawn.size ?? jobs,
      runningCount: () => this.#options.runningCount(),
      onSwitchOff: (message) => this.#options.warn(message),
      createSource: (start) => {
        if (serverFile === undefined || !start.runnerFile.endsWith(".py")) return undefined;
        return new ForkServer({ start, serverFile, directory: this.#directory }, runtime);
      },
    }, runtime);
    const find = (test: SuiteTest): WarmTest | undefined =>
      warmTest(test.command, {
        cwd: test.cwd ?? cwd,
        env: this.#options.environmentOf(test),
        preloads: prespawn.preloads ?? [],
        runnerPath: (name) => paths.get(name),
      });
    this.#warm = { pools, warmTest: find };
    const starts = [...this.#expected.values()].map((test) => find(test)?.start);
    pools.expect(starts.filter((start) => start !== undefined));
  }
}
