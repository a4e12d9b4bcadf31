import type { HookRecord } from "../hook_record.ts";
import type { HookOutput, PreKillContext } from "../hooks/hook.ts";
import type { Leak, Outcome, SampleReason } from "../outcome.ts";
import { host } from "../runtime/host.ts";
import { type Runtime, SpawnError } from "../runtime/port.ts";
import { ActiveClock } from "./active_clock.ts";
import { Attempt } from "./attempt.ts";
import type { AttemptResult, DriverEvent, DriverEventBody, DriverOptions } from "./driver_options.ts";
import { EventQueue } from "./event_queue.ts";
import { endLeaks } from "./leaks.ts";
import { Limits } from "./limits.ts";
import { INITIAL_STATE, type MachineEffect, type MachineInput, type MachineState, step } from "./machine.ts";
import { limitOf, runHookPhase } from "./run_hook_phase.ts";

const DEFAULT_GRACE_MS = 10_000;
/** How long the driver waits for a process that does not even end after KILL. */
const KILL_WAIT_MS = 10_000;

/**
 * Drives one process from its start until nothing of it is left. Derive from it and override `onProcessStarted`,
 * `onProcessExited` and `onTimeoutPreKill`; without an override, a hung process is ended without a look at it
 * (`HookedDriver` has the look built in).
 *
 * @example Run a command under a time limit
 * ```ts
 * import { ProcessDriver } from "./process_driver.ts";
 *
 * await using driver = new ProcessDriver({ command: ["sh", "-c", "exit 3"], timeoutMs: 60_000 });
 * const { outcome } = await driver.run();
 * if (outcome.kind !== "exited" || outcome.code !== 3) throw new Error("unexpected");
 * ```
 */
export class ProcessDriver {
  /** `PREKILL_ID` of the attempt. */
  readonly id: string = crypto.randomUUID();
  protected readonly options: DriverOptions;
  protected readonly runtime: Runtime;
  readonly #events = new EventQueue<DriverEvent>();
  readonly #clock = new ActiveClock();
  readonly #settled = Promise.withResolvers<AttemptResult>();
  #seq = 0;
  #state: MachineState = INITIAL_STATE;
  #attempt: Attempt | undefined;
  #limits: Limits | undefined;
  #timers: ReturnType<typeof setTimeout>[] = [];
  #hookAbort: AbortController | undefined;
  #hook: HookRecord | undefined;
  #leaks: readonly Leak[] = [];
  #running: Promise<AttemptResult> | undefined;
  #unlisten = (): void => {};

  /**
   * @param options what to start, and its limits
   * @param runtime the host; the one in use when left out
   */
  constructor(options: DriverOptions, runtime: Runtime = host) {
    this.options = options;
    this.runtime = runtime;
  }

  /** Pid of the process; 0 before it is started. */
  get pid(): number {
    return this.#attempt?.child.pid ?? 0;
  }

  /** Name of the test, or the program's. */
  get name(): string {
    return this.options.name ?? this.options.command[0].replace(/^.*[/\\]/, "");
  }

  /** Active milliseconds since the start. */
  get elapsedMs(): number {
    return this.#clock.nowMs();
  }

  /** Called once the process has been started. */
  protected onProcessStarted(): void {}

  /** Called once nothing is left to do, before `run` resolves. */
  protected onProcessExited(_result: AttemptResult): void {}

  /**
   * Called after a limit has run out and before the process is touched. Whatever it does (throws, hangs, kills the
   * process) is recorded, and the driver goes on.
   */
  protected onTimeoutPreKill(_context: PreKillContext, _output: HookOutput): Promise<void> | void {}

  /** Called for every event as it happens, before readers of `events` see it. */
  protected onEvent(_event: DriverEvent): void {}

  /** Called at half of the timeout, and when the process has become slow. Must not take long. */
  protected onLightSample(): Promise<void> | void {}

  /** The attempt, for a derived driver that looks at the process; undefined before the start. */
  protected get attempt(): Attempt | undefined {
    return this.#attempt;
  }

  /** Events of the attempt from its start to `attempt-settled`, however late one starts to read. */
  events(): AsyncIterable<DriverEvent> {
    return this.#events;
  }

  /**
   * Starts the process and drives it to its end. May be called once; a second call returns the same promise.
   *
   * @returns what came of it; a bad end is a value, not an exception
   * @throws {HostError} when the host refuses what the driver needs, such as the log file
   */
  run(): Promise<AttemptResult> {
    return this.#running ??= this.#start();
  }

  /** Ends the process: politely at first, at once when called again. `signal` names the signal that asks for it. */
  cancel(signal?: string): void {
    this.#dispatch({ kind: "cancel", signal });
  }

  /** Hands a signal on to the process and its group, which may answer it as it likes. */
  passOn(signal: string): void {
    this.#dispatch({ kind: "pass-on", signal });
  }

  /** Lets the wall clock limit run out now. */
  timeOutNow(): void {
    this.#dispatch({ kind: "limit", limit: "timeout" });
  }

  /** Says that the process has finished its work; `exitTimeoutMs` runs from now. */
  markFinished(): void {
    this.#limits?.finished();
  }

  /** Stops (`SIGSTOP`) or continues (`SIGCONT`) the tree, with the driver about to be stopped or just continued. */
  signalTree(signal: "SIGSTOP" | "SIGCONT"): void {
    if (this.#state.exit === undefined) this.#attempt?.tree.signal(signal, false);
  }

  /** Ends the process, if it still runs, and waits until nothing of it is left. */
  async [Symbol.asyncDispose](): Promise<void> {
    if (this.#running === undefined) return;
    if (this.#state.phase !== "settled") this.cancel();
    await this.#settled.promise;
  }

  /** Adds an event to the stream. */
  protected emit(body: DriverEventBody): void {
    const event: DriverEvent = { seq: this.#seq++, atMs: Date.now(), id: this.id, ...body };
    this.onEvent(event);
    this.#events.push(event);
  }

  #start(): Promise<AttemptResult> {
    const { signal } = this.options;
    if (signal?.aborted) {
      this.#settle({ kind: "cancelled", signal: undefined, exit: undefined });
      return this.#settled.promise;
    }
    const onAbort = (): void => this.cancel();
    signal?.addEventListener("abort", onAbort, { once: true });
    this.#unlisten = () => signal?.removeEventListener("abort", onAbort);
    try {
      this.#attempt = new Attempt(this.runtime, this.options, this.id, this.#clock);
    } catch (error) {
      if (!(error instanceof SpawnError)) throw error;
      this.#dispatch({ kind: "start-failed", reason: error.reason, message: error.message });
      return this.#settled.promise;
    }
    const { child, outputEnded } = this.#attempt;
    this.emit({ kind: "attempt-started", pid: child.pid, command: this.options.command });
    this.#dispatch({ kind: "started" });
    child.exited.then((exit) => {
      this.emit({ kind: "exited", exit });
      this.#dispatch({ kind: "exited", exit });
    });
    outputEnded?.then(() => this.markFinished());
    this.onProcessStarted();
    return this.#settled.promise;
  }

  #dispatch(input: MachineInput): void {
    const { state, effects } = step(this.#state, input, {
      graceMs: this.options.graceMs ?? DEFAULT_GRACE_MS,
      hardKill: this.options.hardKill ?? true,
      sampleOnInterrupt: this.options.sampleOnInterrupt ?? true,
    });
    this.#state = state;
    for (const effect of effects) this.#perform(effect);
  }

  #perform(effect: MachineEffect): void {
    const attempt = this.#attempt;
    switch (effect.kind) {
      case "watch-limits":
        this.#limits = new Limits(
          this.#clock,
          this.options,
          attempt!.activity,
          (input) => this.#dispatch(input),
        );
        return this.#limits.start();
      case "stop-limits":
        return this.#limits?.stop();
      case "light-sample":
        if (effect.slow) this.emit({ kind: "slow", elapsedMs: this.elapsedMs });
        Promise.try(() => this.onLightSample()).catch(() => {});
        return;
      case "run-hook":
        this.#runHook(effect.reason, effect.brief).finally(() => this.#dispatch({ kind: "hook-done" }));
        return;
      case "abort-hook":
        return this.#hookAbort?.abort();
      case "soft-kill":
        return this.#softKill(effect.signal);
      case "arm-grace":
        return this.#arm(this.options.graceMs ?? DEFAULT_GRACE_MS, { kind: "grace-over" });
      case "hard-kill":
        return this.#hardKill();
      case "drain":
        this.#drain().finally(() => this.#dispatch({ kind: "drained" }));
        return;
      case "settle":
        return this.#settle(effect.outcome);
    }
  }

  async #runHook(reason: SampleReason, brief: boolean): Promise<void> {
    const attempt = this.#attempt!;
    const limitMs = limitOf(this.options, reason);
    const dueMs = this.#limits?.dueMs ?? 0;
    if (limitMs !== undefined && this.#state.reason?.kind === "limit") {
      this.emit({ kind: "limit-reached", limit: this.#state.reason.limit, limitMs });
    }
    this.emit({ kind: "sampling", reason });
    this.#hookAbort = new AbortController();
    this.#hook = await runHookPhase({
      runtime: this.runtime,
      options: this.options,
      attempt,
      name: this.name,
      cookie: this.id,
      reason,
      brief,
      mainExited: this.#state.exit !== undefined,
      elapsedMs: this.elapsedMs,
      lateMs: () => this.#state.reason?.kind === "limit" ? this.elapsedMs - dueMs : 0,
      abort: this.#hookAbort.signal,
      doPreKill: (context, output) => this.onTimeoutPreKill(context, output),
    });
    this.emit({ kind: "sampled", hook: this.#hook });
  }

  #softKill(passedOn: string | undefined): void {
    const signal = passedOn ?? (this.options.softSignal === undefined ? "SIGTERM" : this.options.softSignal);
    if (signal === null) return;
    this.#signal(signal);
    // A stopped process would take the signal only after somebody continued it.
    if (signal !== "SIGKILL" && signal !== "SIGCONT") {
      this.#attempt?.tree.signal("SIGCONT", this.options.processOnly ?? false);
    }
  }

  #hardKill(): void {
    this.#signal("SIGKILL");
    this.#arm(KILL_WAIT_MS, { kind: "kill-wait-over" });
  }

  #signal(signal: string): void {
    const attempt = this.#attempt;
    if (attempt === undefined || this.#state.exit !== undefined) return;
    const processOnly = this.options.processOnly ?? false;
    attempt.tree.signal(signal, processOnly);
    this.emit({
      kind: "signal-sent",
      signal,
      to: processOnly ? "process" : attempt.tree.ownsSession ? "group" : "tree",
    });
  }

  #arm(delayMs: number, input: MachineInput): void {
    this.#timers.push(setTimeout(() => this.#dispatch(input), Math.min(delayMs, 2_147_483_647)));
  }

  async #drain(): Promise<void> {
    const attempt = this.#attempt!;
    const { leaks: policy = "kill", hardKill = true } = this.options;
    const ended = this.#state.reason !== undefined;
    const left = await attempt.drain();
    if (left.length > 0 && ended && hardKill) {
      // The tree was to be ended: what is left of it is no leak unless KILL does not help.
      const survivors = await attempt.tree.killAll();
      this.#leaks = attempt.describeLeaks(survivors).map((leak) => ({ ...leak, fate: "survived" }));
    } else if (left.length > 0 && !ended) {
      this.#leaks = attempt.describeLeaks(left);
      if (this.#leaks.some((leak) => leak.holdsOutput)) await this.#runHook("exit", true);
      if (policy !== "keep") this.#leaks = await endLeaks(this.runtime, attempt.tree, this.#leaks);
    }
    for (const leak of this.#leaks) this.emit({ kind: "leak", leak });
    await attempt.close();
  }

  #settle(outcome: Outcome): void {
    this.#unlisten();
    for (const timer of this.#timers) clearTimeout(timer);
    const elapsedMs = this.elapsedMs;
    this.emit({ kind: "attempt-settled", outcome, elapsedMs });
    const output = this.options.output;
    const result: AttemptResult = {
      id: this.id,
      name: this.name,
      pid: this.pid,
      outcome,
      elapsedMs,
      leaks: this.#leaks,
      hook: this.#hook,
      output: {
        bytes: this.#attempt?.outputBytes() ?? 0,
        tail: this.#attempt?.outputTail() ?? "",
        logPath: output?.kind === "log" ? output.path : undefined,
      },
    };
    this.onProcessExited(result);
    this.#events.end();
    this.#settled.resolve(result);
  }
}
