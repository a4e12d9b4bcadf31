import type { HookOutput, PreKillContext } from "../hooks/hook.ts";
import type { Outcome } from "../outcome.ts";
import { host } from "../runtime/host.ts";
import type { Child, Runtime } from "../runtime/port.ts";
import { withResolvers } from "../std/with_resolvers.ts";
import type { AttemptView } from "./attempt_view.ts";
import type { AttemptResult, DriverEvent, DriverEventBody, DriverOptions } from "./driver_options.ts";
import { EventQueue } from "./event_queue.ts";
import { Interpreter } from "./interpreter.ts";
import { startIntoLog } from "./redirect.ts";

/**
 * Drives one process from its start until nothing of it is left. Derive from it and override `onProcessStarted`,
 * `onProcessExited` and `onTimeoutPreKill`; without an override, a hung process is ended without a look at it
 * (`HookedDriver` has the look built in). When an override other than `onTimeoutPreKill` throws, the process is ended,
 * and `run` rejects with that error.
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
  /** As given to the constructor. */
  protected readonly options: DriverOptions;
  /** The host. */
  protected readonly runtime: Runtime;
  readonly #events = new EventQueue<DriverEvent>();
  readonly #settled = withResolvers<AttemptResult>();
  readonly #interpreter: Interpreter;
  /** Ends the waiting for a process. */
  readonly #cancelled = new AbortController();
  #seq = 0;
  #running: Promise<AttemptResult> | undefined;
  #unlisten = (): void => {};

  /**
   * Makes a driver; nothing is started yet.
   *
   * @param options what to start, and its limits
   * @param runtime the host; the one in use when left out
   */
  constructor(options: DriverOptions, runtime: Runtime = host) {
    this.options = options;
    this.runtime = runtime;
    this.#interpreter = new Interpreter(runtime, options, {
      id: this.id,
      name: this.name,
      emit: (event) => this.emit(event),
      started: () => this.#call(() => this.onProcessStarted()),
      lightSample: () => this.onLightSample(),
      doPreKill: (context, output) => this.onTimeoutPreKill(context, output),
      quiet: () => this.#call(() => this.onQuiet()),
      settled: (outcome) => this.#settle(outcome),
    });
  }

  /** Pid of the process; 0 before it is started. */
  get pid(): number {
    return this.attempt?.pid ?? 0;
  }

  /** Name of the test, or the program's. */
  get name(): string {
    return this.options.name ?? this.options.command[0].replace(/^.*[/\\]/, "");
  }

  /** Active milliseconds since the start. */
  get elapsedMs(): number {
    return this.#interpreter.elapsedMs();
  }

  /** Called once the process has been started. */
  protected onProcessStarted(): Promise<void> | void {}

  /**
   * Called, where drivers share a sweeper, once the process has ended with all of its group: another may be started in its
   * place, while what left the group is looked for together with that of other attempts.
   */
  protected onQuiet(): void {}

  /** Called once nothing is left to do; `run` resolves after it. */
  protected onProcessExited(_result: AttemptResult): Promise<void> | void {}

  /**
   * Called after a limit has run out and before the process is touched. Whatever it does (throws, hangs, kills the
   * process) is recorded, and the driver goes on.
   */
  protected onTimeoutPreKill(_context: PreKillContext, _output: HookOutput): Promise<void> | void {}

  /** Called for every event as it happens, before readers of `events` see it. */
  protected onEvent(_event: DriverEvent): void {}

  /** Called at half of the timeout, and when the process has become slow. Must not take long. */
  protected onLightSample(): Promise<void> | void {}

  /** What a derived driver can ask of the running process; undefined before the start. */
  protected get attempt(): AttemptView | undefined {
    return this.#interpreter.attempt;
  }

  /** Events of the attempt from its start to `attempt-settled`, however late one starts to read. */
  events(): AsyncIterable<DriverEvent> {
    return this.#events;
  }

  /**
   * Starts the process and drives it to its end. May be called once; a second call returns the same promise.
   *
   * @returns what came of it; a bad end is a value, not an exception
   * @throws {HostError} when the host refuses what the driver needs, such as the log file; and what an override throws
   */
  run(): Promise<AttemptResult> {
    return this.#running ??= this.#start();
  }

  /**
   * Ends the process: politely at first, at once when called again; before `run`, nothing is started at all. `signal`
   * names the signal that asks for it.
   */
  cancel(signal?: string): void {
    this.#cancelled.abort();
    this.#interpreter.dispatch({ kind: "cancel", signal });
  }

  /**
   * Hands a signal on to the process and its group, as one that asks it to end: it may answer as it likes, but `graceMs`
   * runs from then, and KILL follows unless `hardKill` is false.
   */
  passOn(signal: string): void {
    this.#interpreter.dispatch({ kind: "pass-on", signal });
  }

  /** Lets the wall clock limit run out now. */
  timeOutNow(): void {
    this.#interpreter.dispatch({ kind: "limit", limit: "timeout" });
  }

  /** Says that the process has finished its work; `exitTimeoutMs` runs from now. */
  markFinished(): void {
    this.#interpreter.markFinished();
  }

  /** Stops (`SIGSTOP`) or continues (`SIGCONT`) the tree, with the driver about to be stopped or just continued. */
  signalTree(signal: "SIGSTOP" | "SIGCONT"): void {
    this.#interpreter.signal(signal);
  }

  /** Ends the process, if it still runs, and waits until nothing of it is left. */
  async [Symbol.asyncDispose](): Promise<void> {
    if (this.#running === undefined) return;
    // One that is being ended keeps its grace period.
    if (/^(starting|running|sampling)$/.test(this.#interpreter.state.phase)) this.cancel();
    await this.#settled.promise.catch(() => {});
  }

  /** Adds an event to the stream. */
  protected emit(body: DriverEventBody): void {
    const event: DriverEvent = { seq: this.#seq++, atMs: Date.now(), id: this.id, ...body };
    this.#call(() => this.onEvent(event));
    this.#events.push(event);
  }

  #start(): Promise<AttemptResult> {
    const { signal, output } = this.options;
    const onAbort = (): void => this.cancel();
    if (signal?.aborted) onAbort();
    signal?.addEventListener("abort", onAbort, { once: true });
    this.#unlisten = () => signal?.removeEventListener("abort", onAbort);
    if (this.#interpreter.state.reason !== undefined || output?.kind !== "log") this.#begin(undefined);
    else {
      const start = { cookie: this.id, logPath: output.path, signal: this.#cancelled.signal };
      startIntoLog(this.runtime, this.options, start).catch(() => undefined).then((child) =>
        this.#begin(child)
      );
    }
    return this.#settled.promise;
  }

  /** Goes on with the process that has been started, or starts one. */
  #begin(child: Child | undefined): void {
    const { reason } = this.#interpreter.state;
    if (reason?.kind === "cancelled" && child === undefined) {
      return this.#settle({ ...reason, exit: undefined });
    }
    try {
      this.#interpreter.start(child);
    } catch (error) {
      this.#unlisten();
      this.#events.end();
      this.#settled.reject(error);
    }
  }

  #settle(outcome: Outcome): void {
    this.#unlisten();
    const { attempt, hook, leaks } = this.#interpreter;
    const elapsedMs = this.elapsedMs;
    this.emit({ kind: "attempt-settled", outcome, elapsedMs });
    const { output } = this.options;
    const bytes = attempt?.outputBytes() ?? 0;
    const result: AttemptResult = {
      id: this.id,
      name: this.name,
      pid: this.pid,
      outcome,
      elapsedMs,
      leaks,
      hook,
      output: {
        bytes,
        tail: output?.kind === "log" && bytes === 0 ? "" : attempt?.outputTail() ?? "",
        logPath: output?.kind === "log" ? output.path : undefined,
      },
    };
    new Promise((resolve) => resolve(this.onProcessExited(result))).catch((error) =>
      this.#interpreter.fail(error)
    ).then(
      () => {
        this.#events.end();
        const { failure } = this.#interpreter;
        if (failure === undefined) this.#settled.resolve(result);
        else this.#settled.reject(failure.error);
      },
    );
  }

  /** Calls an override, whose exception must not get in the way of what the driver is about to do. */
  #call(override: () => unknown): void {
    const fail = (error: unknown): void => this.#interpreter.fail(error);
    try {
      const result = override();
      if (result instanceof Promise) result.catch(fail);
    } catch (error) {
      fail(error);
    }
  }
}
