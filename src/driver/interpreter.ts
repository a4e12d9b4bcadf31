import type { HookRecord } from "../hook_record.ts";
import type { Leak, SampleReason } from "../outcome.ts";
import { type Child, type Runtime, SpawnError } from "../runtime/port.ts";
import { ActiveClock, type Clock } from "./active_clock.ts";
import { afterMoment } from "./after_moment.ts";
import { Attempt } from "./attempt.ts";
import type { DriverOptions } from "./driver_options.ts";
import { endTree } from "./end_tree.ts";
import { inTurn } from "./in_turn.ts";
import type { InterpreterHost } from "./interpreter_host.ts";
import { Limits } from "./limits.ts";
import { INITIAL_STATE, type MachineEffect, type MachineInput, type MachineState, step } from "./machine.ts";
import { limitOf, runHookPhase } from "./run_hook_phase.ts";
import { DEFAULT_GRACE_MS, SoftKill } from "./soft_kill.ts";

/** How long the driver waits for a process that does not even end after KILL. */
const KILL_WAIT_MS = 10_000;
/** The longest delay that timers take. */
const LONGEST_DELAY_MS = 2_147_483_647;

/** Turns what happens to one process into inputs of the state machine, and carries its effects out. */
export class Interpreter {
  readonly #runtime: Runtime;
  readonly #options: DriverOptions;
  readonly #driver: InterpreterHost;
  readonly #clock: Clock;
  readonly #timers: ReturnType<typeof setTimeout>[] = [];
  /** Feeds the state machine; what is fed while effects are carried out waits for them. */
  readonly dispatch: (input: MachineInput) => void = inTurn((input) => this.#step(input));
  #startedMs: number | undefined;
  /** Set when it has ended before all is settled. */
  #endedMs: number | undefined;
  #state: MachineState = INITIAL_STATE;
  #attempt: Attempt | undefined;
  #limits: Limits | undefined;
  #hookAbort: AbortController | undefined;
  #hook: HookRecord | undefined;
  #hookRun: Promise<void> | undefined;
  #failure: { readonly error: unknown } | undefined;
  #leaks: readonly Leak[] = [];
  #softKill: SoftKill | undefined;

  constructor(runtime: Runtime, options: DriverOptions, driver: InterpreterHost) {
    this.#runtime = runtime;
    this.#options = options;
    this.#driver = driver;
    this.#clock = options.share?.clock ?? new ActiveClock();
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

  /** Where the attempt stands. */
  get state(): MachineState {
    return this.#state;
  }

  /** What a derived driver or the host threw first. */
  get failure(): { readonly error: unknown } | undefined {
    return this.#failure;
  }

  /** Active milliseconds since the start; 0 before. */
  elapsedMs(): number {
    return this.#startedMs === undefined ? 0 : (this.#endedMs ?? this.#clock.nowMs()) - this.#startedMs;
  }

  /** Notes what was thrown where nobody can catch it, and ends the process, so that it is not left to itself. */
  fail(error: unknown): void {
    if (this.#failure !== undefined) return;
    this.#failure = { error };
    this.dispatch({ kind: "cancel", signal: undefined });
  }

  /**
   * Starts the process.
   *
   * @param child the process, when it has been started already
   * @throws {HostError} when the log file cannot be created
   */
  start(child?: Child): void {
    this.#startedMs = this.#clock.nowMs();
    try {
      this.#attempt = new Attempt(this.#runtime, this.#options, this.#driver.id, this.#clock, child);
    } catch (error) {
      if (!(error instanceof SpawnError)) throw error;
      return this.dispatch({ kind: "start-failed", reason: error.reason, message: error.message });
    }
    const { outputEnded } = this.#attempt;
    this.#softKill = new SoftKill({
      runtime: this.#runtime,
      options: this.#options,
      attempt: this.#attempt,
      isOver: () => this.#state.exit !== undefined,
      send: (signal) => this.#send(signal),
      emit: (event) => this.#driver.emit(event),
      arm: (delayMs, input) => this.#arm(delayMs, input),
    });
    this.#driver.emit({ kind: "attempt-started", pid: this.#attempt.pid, command: this.#options.command });
    this.dispatch({ kind: "started" });
    this.#attempt.child.exited.then((exit) => {
      this.#driver.emit({ kind: "exited", exit });
      this.dispatch({ kind: "exited", exit });
    });
    outputEnded?.then(() => this.markFinished());
    this.#driver.started();
  }

  #step(input: MachineInput): void {
    const { state, effects } = step(this.#state, input, {
      graceMs: this.#options.graceMs ?? DEFAULT_GRACE_MS,
      hardKill: this.#options.hardKill ?? true,
      sampleOnInterrupt: this.#options.sampleOnInterrupt ?? true,
    });
    this.#state = state;
    for (const effect of effects) {
      try {
        this.#perform(effect);
      } catch (error) {
        this.fail(error);
      }
    }
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
        new Promise((resolve) => resolve(this.#driver.lightSample())).catch(() => {});
        return;
      case "run-hook":
        this.#hookRun = this.#runHook(effect.reason, effect.brief).catch((error) => this.fail(error));
        this.#hookRun.then(() => this.dispatch({ kind: "hook-done" }));
        return;
      case "abort-hook":
        return this.#hookAbort?.abort();
      case "soft-kill":
        return this.#softKill?.perform(effect);
      case "arm-grace":
        return this.#arm(this.#options.graceMs ?? DEFAULT_GRACE_MS, { kind: "grace-over" });
      case "hard-kill":
        this.#send("SIGKILL");
        return this.#arm(KILL_WAIT_MS, { kind: "kill-wait-over" });
      case "drain":
        this.#drain().catch((error) => this.fail(error)).then(() => this.dispatch({ kind: "drained" }));
        return;
      case "abandon-output":
        return this.#attempt?.abandonOutput();
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
    this.#leaks = await endTree(attempt, {
      runtime: this.#runtime,
      options: this.#options,
      ended: this.#state.reason !== undefined,
      onQuiet: () => {
        this.#endedMs = this.#clock.nowMs();
        this.#driver.quiet();
      },
      look: () => this.#runHook("exit", true),
    });
    // A hook that was told to end hands over what it has: it is part of the result.
    await this.#hookRun;
    for (const leak of this.#leaks) this.#driver.emit({ kind: "leak", leak });
    await attempt.close();
    await this.#softKill?.amendSample(this.#hook);
  }
}
