import type { HookRecord } from "../hook_record.ts";
import type { Runtime } from "../runtime/port.ts";
import type { Attempt } from "./attempt.ts";
import type { DriverEventBody, DriverOptions } from "./driver_options.ts";
import type { MachineEffect, MachineInput } from "./machine.ts";

/** Between soft and hard kill, when the options say nothing else. */
export const DEFAULT_GRACE_MS = 10_000;

/** What a `SoftKill` needs of its driver. */
export interface SoftKillHost {
  readonly runtime: Runtime;
  readonly options: DriverOptions;
  readonly attempt: Attempt;
  /** Whether the main process has ended, so that nothing may be signalled any more. */
  isOver(): boolean;
  /** Sends a signal and tells of it. */
  send(signal: string): void;
  emit(event: DriverEventBody): void;
  /** Feeds the state machine later. */
  arm(delayMs: number, input: MachineInput): void;
}

/** Asks one tree to end. */
export class SoftKill {
  readonly #host: SoftKillHost;
  /** Who was asked to print its goroutines. */
  #dumped: readonly number[] = [];

  constructor(host: SoftKillHost) {
    this.#host = host;
  }

  /** Sends the signal of the effect, else the one that the options choose, else what suits each process. */
  perform({ signal: passedOn, dump }: MachineEffect & { kind: "soft-kill" }): void {
    const { runtime, options } = this.#host;
    const { softSignal, graceMs = DEFAULT_GRACE_MS } = options;
    if (dump && softSignal === undefined && graceMs > 0 && runtime.os === "linux") {
      this.#endWithDumps(graceMs).catch(() => this.#ask("SIGTERM"));
      return;
    }
    const signal = passedOn ?? (softSignal === undefined ? "SIGTERM" : softSignal);
    if (signal !== null) this.#ask(signal);
  }

  /**
   * Once all output has been read: puts what was printed into the sample. Never rejects for what it cannot write.
   *
   * @param hook the run of the hook that has written the sample
   */
  async amendSample(hook: HookRecord | undefined): Promise<void> {
    const [pid, ...others] = this.#dumped;
    // What several have printed cannot be told apart.
    if (pid === undefined || others.length > 0 || hook === undefined) return;
    const { runtime, attempt } = this.#host;
    const [{ amendSample }, { DUMP_BYTES }] = await Promise.all([
      import("../hooks/sample/amend_sample.ts"),
      import("./request_dumps.ts"),
    ]);
    amendSample(runtime.files, hook.files, { pid, output: attempt.outputTail(DUMP_BYTES) });
  }

  #ask(signal: string): void {
    const { attempt, options } = this.#host;
    this.#host.send(signal);
    // A stopped process would take the signal only after somebody continued it.
    if (signal === "SIGKILL" || signal === "SIGCONT" || this.#host.isOver()) return;
    attempt.tree.signal("SIGCONT", options.processOnly ?? false);
  }

  /** Go programs print their goroutines before they end. */
  async #endWithDumps(graceMs: number): Promise<void> {
    const { runtime, attempt, options } = this.#host;
    const { requestDumps } = await import("./request_dumps.ts");
    const { processOnly = false } = options;
    const isAsked = await requestDumps({
      runtime,
      attempt,
      processOnly,
      isOver: () => this.#host.isOver(),
      onAsked: (pids) => {
        this.#dumped = pids;
        this.#host.emit({ kind: "signal-sent", signal: "SIGQUIT", to: "process" });
        // One that has an answer of its own to that signal is asked as all others are.
        this.#host.arm(graceMs / 2, { kind: "half-grace" });
      },
    });
    if (!isAsked) this.#ask("SIGTERM");
  }
}
