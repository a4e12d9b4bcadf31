import { ActiveClock } from "../driver/active_clock.ts";
import { withCookie } from "../driver/cookie.ts";
import type { AttemptResult } from "../driver/driver_options.ts";
import { TreeLooks } from "../driver/tree_looks.ts";
import { TreeSweeper } from "../driver/tree_sweeper.ts";
import { messageOf } from "../errors.ts";
import type { Outcome } from "../outcome.ts";
import type { Runtime } from "../runtime/port.ts";
import type { AttemptFiles, AttemptPlace } from "./attempt_files.ts";
import type { SuiteJournal } from "./suite_journal.ts";
import { StartGate } from "./start_gate.ts";
import { SuiteDriver } from "./suite_driver.ts";
import type { SuiteOptions, SuiteTest } from "./suite_options.ts";
import { testEnvironment } from "./test_environment.ts";
import { toSuiteEvent } from "./to_suite_event.ts";
import { withResolvers } from "../std/with_resolvers.ts";
import { WarmStarts } from "./warm_starts.ts";

/** So many processes may be on their way, on a machine of few processors. */
const MIN_STARTS = 4;

/** What attempts are run with. */
export interface AttemptRunnerOptions {
  readonly runtime: Runtime;
  readonly options: SuiteOptions;
  readonly files: AttemptFiles;
  readonly journal: SuiteJournal;
  /** Cookie of all attempts together, for the guard. */
  readonly cookie: string;
  /** The process of an attempt has ended with its group. */
  onQuiet(test: SuiteTest): void;
  /** A limit ran out. */
  onHang(test: SuiteTest): void;
}

/** One attempt that has come to its end. */
export interface EndedAttempt {
  readonly result: AttemptResult;
  readonly place: AttemptPlace;
  /** Which disk was full at the end of one that did not pass, as a sentence. */
  readonly noRoom?: string | undefined;
}

/** Runs the attempts of a run, each by a driver of its own. */
export class AttemptRunner {
  readonly #clock = new ActiveClock();
  readonly #sweeper: TreeSweeper | undefined;
  readonly #looks: TreeLooks | undefined;
  readonly #with: AttemptRunnerOptions;
  readonly #environment: Readonly<Record<string, string>>;
  readonly #drivers = new Map<string, SuiteDriver>();
  readonly #gate: StartGate;
  readonly #warmStarts: WarmStarts;
  #isPaused = false;

  /** @param runnerOptions what attempts are run with */
  constructor(runnerOptions: AttemptRunnerOptions) {
    this.#with = runnerOptions;
    const { runtime, options, cookie } = runnerOptions;
    this.#sweeper = runtime.os === "linux" ? new TreeSweeper(runtime) : undefined;
    this.#looks = runtime.os === "linux" ? new TreeLooks(runtime) : undefined;
    this.#gate = new StartGate(Math.max(MIN_STARTS, runtime.cpuCount));
    this.#environment = withCookie(options.env ?? runtime.environment(), cookie);
    this.#warmStarts = new WarmStarts({
      runtime,
      prespawn: options.prespawn,
      jobs: options.jobs ?? runtime.cpuCount,
      sessionDir: options.sessionDir,
      cwd: options.cwd ?? runtime.cwd(),
      environmentOf: (test) => this.#environmentOf(test, {}),
      runningCount: () => this.#drivers.size,
      note: (message) => runnerOptions.journal.emit({ kind: "note", message }),
      warn: (message) => runnerOptions.journal.emit({ kind: "warning", message }),
    });
  }

  /** What starts processes beforehand. */
  get warmStarts(): WarmStarts {
    return this.#warmStarts;
  }

  /** Ends the processes that still wait for a test, and removes what attempts had for themselves. */
  async close(): Promise<void> {
    await this.#warmStarts.stop();
    await this.#with.files.close();
  }

  /**
   * Runs one attempt to its end.
   *
   * @param test what to run
   * @param attempt from 1
   * @returns what came of it; what the driver cannot do is `not-started`
   */
  async run(test: SuiteTest, attempt: number): Promise<EndedAttempt> {
    const { files, journal, runtime } = this.#with;
    const place = files.prepare(test, journal.lastSeq);
    let started = (): void => {};
    const ended = withResolvers<number | undefined>();
    const settings = {
      ...this.#settings(test, attempt, place),
      spawner: this.#warmStarts.spawner(test, ended.promise),
    };
    const driver = new SuiteDriver(settings, {
      onEvent: (event) => {
        const told = toSuiteEvent(event, test.testId, attempt);
        if (told !== undefined) journal.emit(told);
        if (event.kind === "attempt-started") started();
        // Its start was on its way.
        if (event.kind === "attempt-started" && this.#isPaused) driver.signalTree("SIGSTOP");
        if (event.kind === "limit-reached") this.#with.onHang(test);
      },
      onQuiet: () => this.#with.onQuiet(test),
    }, runtime);
    this.#drivers.set(test.testId, driver);
    started = await this.#gate.enter();
    try {
      const result = await driver.run();
      const { kind } = result.outcome;
      ended.resolve(kind === "exited" || kind === "signalled" ? result.elapsedMs : undefined);
      return { result, place, noRoom: mayLackRoom(result.outcome) ? files.whyNoRoom() : undefined };
    } catch (error) {
      started();
      files.clear(place, { keepLog: true, outputBytes: 0, isInUse: true });
      if (driver.pid === 0 && files.restore()) return await this.run(test, attempt);
      return { result: failed(driver, error), place };
    } finally {
      started();
      ended.resolve(undefined);
      if (this.#drivers.get(test.testId) === driver) this.#drivers.delete(test.testId);
    }
  }

  /** Ends an attempt: politely, and at once when called again. */
  end(test: SuiteTest, signal: string | undefined): void {
    this.#drivers.get(test.testId)?.cancel(signal);
  }

  /** Calls back after so many milliseconds, without those in which the run was paused. */
  after(delayMs: number, callback: () => void): void {
    this.#clock.at(this.#clock.nowMs() + delayMs, callback);
  }

  /** Stops all processes and the clock. */
  pause(): void {
    this.#isPaused = true;
    for (const driver of this.#drivers.values()) driver.signalTree("SIGSTOP");
    this.#clock.pause();
  }

  /** Lets them go on. */
  continue(): void {
    this.#isPaused = false;
    this.#clock.continue();
    for (const driver of this.#drivers.values()) driver.signalTree("SIGCONT");
  }

  /** Takes a light sample of each. */
  look(): void {
    for (const driver of this.#drivers.values()) driver.look();
  }

  /** Looks now for what ended attempts have left: nothing else is going on. */
  sweep(): void {
    this.#sweeper?.sweep();
  }

  #settings(
    test: SuiteTest,
    attempt: number,
    place: AttemptPlace,
  ): ConstructorParameters<typeof SuiteDriver>[0] {
    const { options } = this.#with;
    const ofAttempt: Record<string, string> = {
      PREKILL_ATTEMPT: String(attempt),
      PREKILL_TEST: test.name,
    };
    const { tempDir } = place;
    if (tempDir !== undefined) ofAttempt.TMPDIR = ofAttempt.PREKILL_TMPDIR = tempDir;
    return {
      command: test.command,
      cwd: test.cwd ?? options.cwd,
      env: this.#environmentOf(test, ofAttempt),
      name: test.name,
      file: test.file,
      attempt,
      stdin: "null",
      output: { kind: "log", path: place.absoluteLogPath },
      tailBytes: options.tailBytes,
      timeoutMs: test.timeoutMs,
      idleTimeoutMs: test.idleTimeoutMs,
      startupTimeoutMs: test.startupTimeoutMs,
      slowAfterMs: test.slowAfterMs,
      graceMs: test.graceMs,
      hookTimeoutMs: options.hookTimeoutMs,
      softSignal: options.softSignal,
      leaks: options.leaks,
      sessionDir: options.sessionDir,
      preKillCommand: test.preKillCommand,
      hooksDir: test.hooksDir,
      hook: options.hook,
      sampleTimeMs: options.sampleTimeMs,
      sampleOnInterrupt: true,
      share: this.#sweeper && { clock: this.#clock, sweeper: this.#sweeper, looks: this.#looks },
    };
  }

  #environmentOf(test: SuiteTest, ofAttempt: Readonly<Record<string, string>>): Record<string, string> {
    const { shard } = this.#with.options;
    const environment: Record<string, string> = { ...this.#environment, ...ofAttempt };
    if (shard !== undefined) environment.PREKILL_SHARD = shard;
    return testEnvironment(environment, test);
  }
}

function mayLackRoom(outcome: Outcome): boolean {
  return outcome.kind === "signalled" || (outcome.kind === "exited" && outcome.code !== 0);
}

/** The result of a driver that has failed: its log cannot be created, or it has a mistake. */
function failed(driver: SuiteDriver, error: unknown): AttemptResult {
  const message = messageOf(error);
  const reason = /too many open files/.test(message) ? "exhausted" : "other";
  return {
    id: driver.id,
    name: driver.name,
    pid: driver.pid,
    outcome: { kind: "not-started", reason, message },
    elapsedMs: driver.elapsedMs,
    leaks: [],
    output: { bytes: 0, tail: "" },
  };
}
