import type { HookRecord } from "../hook_record.ts";
import type { HookOutput, PreKillContext } from "../hooks/hook.ts";
import type { Leak, Outcome, SampleReason } from "../outcome.ts";
import { type Runtime, SpawnError } from "../runtime/port.ts";
import { ActiveClock } from "./active_clock.ts";
import { afterMoment } from "./after_moment.ts";
import { Attempt } from "./attempt.ts";
import type { DriverEventBody, DriverOptions } from "./driver_options.ts";
import { endLeaks } from "./leaks.ts";
import { Limits } from "./limits.ts";
import { INITIAL_STATE, type MachineEffect, type MachineInput, type MachineState, step } from "./machine.ts";
import { limitOf, runHookPhase } from "./run_hook_phase.ts";

const DEFAULT_GRACE_MS = 10_000;
/** How long the driver waits for a process that does not even end after KILL. */
const KILL_WAIT_MS = 10_000;
/** The longest delay that timers take. */
const LONGEST_DELAY_MS = 2_147_483_647;

/** What the interpreter tells and asks its driver. */
export interface InterpreterHost {
  readonly id: string;
  readonly name: string;
  emit(event: DriverEventBody): void;
  started(): void;
  lightSample(): Promise<void> | void;
  doPreKill(context: PreKillContext, output: HookOutput): Promise<void> | void;
  /** Called once, when nothing is left to do. */
  settled(outcome: Outcome): void;
}

/** Turns what happens to one process into inputs of the state machine, and carries its effects out. */
export class Interpreter {
  readonly #runtime: Runtime;
  readonly #options: DriverOptions;
  readonly #driver: InterpreterHost;
  readonly #clock = new ActiveClock();
  readonly #timers: ReturnType<typeof setTimeout>[] = [];
  #state: MachineState = INITIAL_STATE;
  #attempt: Attempt | undefined;
  #limits: Limits | undefined;
  #hookAbort: AbortController | undefined;
  #hook: HookRecord | undefined;
  #leaks: readonly Leak[] = [];

  constructor(runtime: Runtime, options: DriverOptions, driver: InterpreterHost) {
    this.#runtime = runtime;
    this.#options = options;
    this.#driver = driver;
  }

  /** The started process; undefined before. */
  get attempt(): Attempt | undefined {
    return this.#attempt;
  }

  /** The hook's record, once it has run. */
  get hook(): HookRecord | undefined {
    return this.#hook;
  }

  /** What outlived the main process. */
  get leaks(): readonly Leak[] {
    return this.#leaks;
  }

  /** Whether the attempt is over. */
  get settled(): boolean {
    return this.#state.phase === "settled";
  }

  /** Active milliseconds since the interpreter was made. */
  elapsedMs(): number {
    return this.#clock.nowMs();
  }

  /**
   * Starts the process.
   *
   * @throws {HostError} when the log file cannot be created
   */
  start(): void {
    try {
      this.#attempt = new Attempt(this.#runtime, this.#options, this.#driver.id, this.#clock);
    } catch (error) {
      if (!(error instanceof SpawnError)) throw error;
      return this.dispatch({ kind: "start-failed", reason: error.reason, message: error.message });
    }
    const { child, outputEnded } = this.#attempt;
    this.#driver.emit({ kind: "attempt-started", pid: child.pid, command: this.#options.command });
    this.dispatch({ kind: "started" });
    child.exited.then((exit) => {
      this.#driver.emit({ kind: "exited", exit });
      this.dispatch({ kind: "exited", exit });
    });
    outputEnded?.then(() => this.markFinished());
    this.#driver.started();
  }

  /** Feeds the state machine. */
  dispatch(input: MachineInput): void {
    const { state, effects } = step(this.#state, input, {
      graceMs: this.#options.graceMs ?? DEFAULT_GRACE_MS,
      hardKill: this.#options.hardKill ?? true,
      sampleOnInterrupt: this.#options.sampleOnInterrupt ?? true,
    });
    this.#state = state;
    for (const effect of effects) this.#perform(effect);
  }

  /** Starts the exit limit. */
  markFinished(): void {
    this.#limits?.finished();
  }

  /** Sends a signal to the tree, unless the process has been reaped. */
  signal(signal: string): void {
    if (this.#state.exit === undefined) {
      this.#attempt?.tree.signal(signal, this.#options.processOnly ?? false);
    }
  }

  #perform(effect: MachineEffect): void {
    switch (effect.kind) {
      case "watch-limits":
        this.#limits = new Limits(
          this.#clock,
          this.#options,
          this.#attempt!.activity,
          (input) => this.dispatch(input),
        );
        return this.#startLimits(this.#limits);
      case "stop-limits":
        return this.#limits?.stop();
      case "light-sample":
        if (effect.slow) this.#driver.emit({ kind: "slow", elapsedMs: this.elapsedMs() });
        // A look that fails is no reason to disturb the run.
        Promise.try(() => this.#driver.lightSample()).catch(() => {});
        return;
      case "run-hook":
        this.#runHook(effect.reason, effect.brief).finally(() => this.dispatch({ kind: "hook-done" }));
        return;
      case "abort-hook":
        return this.#hookAbort?.abort();
      case "soft-kill":
        return this.#softKill(effect.signal);
      case "arm-grace":
        return this.#arm(this.#options.graceMs ?? DEFAULT_GRACE_MS, { kind: "grace-over" });
      case "hard-kill":
        this.#send("SIGKILL");
        return this.#arm(KILL_WAIT_MS, { kind: "kill-wait-over" });
      case "drain":
        this.#drain().finally(() => this.dispatch({ kind: "drained" }));
        return;
      case "settle":
        for (const timer of this.#timers) clearTimeout(timer);
        return this.#driver.settled(effect.outcome);
    }
  }

  #startLimits(limits: Limits): void {
    const startMs = this.#clock.nowMs();
    if (limits.any) afterMoment(() => limits.start(startMs));
  }

  async #runHook(reason: SampleReason, brief: boolean): Promise<void> {
    const dueMs = this.#limits?.dueMs ?? 0;
    const ended = this.#state.reason;
    const limitMs = limitOf(this.#options, reason);
    if (ended?.kind === "limit" && limitMs !== undefined) {
      this.#driver.emit({ kind: "limit-reached", limit: ended.limit, limitMs });
    }
    this.#driver.emit({ kind: "sampling", reason });
    this.#hookAbort = new AbortController();
    this.#hook = await runHookPhase({
      runtime: this.#runtime,
      options: this.#options,
      attempt: this.#attempt!,
      name: this.#driver.name,
      cookie: this.#driver.id,
      reason,
      brief,
      mainExited: this.#state.exit !== undefined,
      elapsedMs: this.elapsedMs(),
      lateMs: () => ended?.kind === "limit" && dueMs > 0 ? this.elapsedMs() - dueMs : 0,
      abort: this.#hookAbort.signal,
      doPreKill: (context, output) => this.#driver.doPreKill(context, output),
    });
    this.#driver.emit({ kind: "sampled", hook: this.#hook });
  }

  #softKill(passedOn: string | undefined): void {
    const signal = passedOn ??
      (this.#options.softSignal === undefined ? "SIGTERM" : this.#options.softSignal);
    if (signal === null) return;
    this.#send(signal);
    // A stopped process would take the signal only after somebody continued it.
    if (signal !== "SIGKILL" && signal !== "SIGCONT") this.signal("SIGCONT");
  }

  #send(signal: string): void {
    if (this.#attempt === undefined || this.#state.exit !== undefined) return;
    this.signal(signal);
    const group = this.#attempt.tree.ownsSession ? "group" : "tree";
    this.#driver.emit({ kind: "signal-sent", signal, to: this.#options.processOnly ? "process" : group });
  }

  #arm(delayMs: number, input: MachineInput): void {
    this.#timers.push(setTimeout(() => this.dispatch(input), Math.min(delayMs, LONGEST_DELAY_MS)));
  }

  async #drain(): Promise<void> {
    const attempt = this.#attempt!;
    const { leaks: policy = "kill", hardKill = true } = this.#options;
    const ended = this.#state.reason !== undefined;
    const left = await attempt.drain();
    if (left.length > 0 && ended && hardKill) {
      // The tree was to be ended: what is left of it is no leak unless KILL does not help.
      const survivors = await attempt.tree.killAll();
      this.#leaks = attempt.describeLeaks(survivors).map((leak) => ({ ...leak, fate: "survived" }));
    } else if (left.length > 0 && !ended) {
      this.#leaks = attempt.describeLeaks(left);
      if (policy !== "keep") {
        if (this.#leaks.some((leak) => leak.holdsOutput)) await this.#runHook("exit", true);
        this.#leaks = await endLeaks(this.#runtime, attempt.tree, this.#leaks);
      }
    }
    for (const leak of this.#leaks) this.#driver.emit({ kind: "leak", leak });
    await attempt.close();
  }
}
