import type { Clock } from "./active_clock.ts";
import type { Activity } from "./activity.ts";
import type { DriverOptions } from "./driver_options.ts";
import type { MachineInput } from "./machine.ts";

/** An output that must be asked is asked so many times within the idle limit. */
const POLLS_PER_LIMIT = 8;

/** Watches the time limits of one attempt and reports each that runs out, once. */
export class Limits {
  readonly #clock: Clock;
  readonly #options: DriverOptions;
  readonly #activity: Activity;
  readonly #report: (input: MachineInput) => void;
  readonly #cancels: (() => void)[] = [];
  #stopped = false;
  #dueMs = 0;

  constructor(
    clock: Clock,
    options: DriverOptions,
    activity: Activity,
    report: (input: MachineInput) => void,
  ) {
    this.#clock = clock;
    this.#options = options;
    this.#activity = activity;
    this.#report = report;
  }

  /** Active time at which the limit that was reported last ran out. */
  get dueMs(): number {
    return this.#dueMs;
  }

  /** Whether there is anything to watch. */
  get any(): boolean {
    const { timeoutMs, slowAfterMs, startupTimeoutMs, idleTimeoutMs } = this.#options;
    return [timeoutMs, slowAfterMs, startupTimeoutMs, idleTimeoutMs].some(isLimit);
  }

  /**
   * Starts all limits.
   *
   * @param now active time from which they count
   */
  start(now: number): void {
    const { timeoutMs, slowAfterMs, startupTimeoutMs, idleTimeoutMs } = this.#options;
    if (this.#stopped) return;
    if (isLimit(timeoutMs)) {
      this.#at(now + timeoutMs / 2, { kind: "half-time" });
      this.#at(now + timeoutMs, { kind: "limit", limit: "timeout" });
    }
    if (isLimit(slowAfterMs)) this.#at(now + slowAfterMs, { kind: "slow" });
    if (isLimit(startupTimeoutMs)) {
      this.#cancels.push(this.#clock.at(now + startupTimeoutMs, () => {
        if (this.#activity.lastMs() !== undefined) return;
        this.#dueMs = now + startupTimeoutMs;
        this.#report({ kind: "limit", limit: "startup" });
      }));
    }
    if (isLimit(idleTimeoutMs)) this.#watchIdle(idleTimeoutMs, now);
  }

  /** Says that the process has finished its work and should exit; the exit limit runs from now. */
  finished(): void {
    const { exitTimeoutMs } = this.#options;
    if (isLimit(exitTimeoutMs) && !this.#stopped) {
      this.#at(this.#clock.nowMs() + exitTimeoutMs, { kind: "limit", limit: "exit" });
    }
  }

  /** Ends the watch; nothing is reported any more. */
  stop(): void {
    this.#stopped = true;
    for (const cancel of this.#cancels.splice(0)) cancel();
  }

  #at(atMs: number, input: MachineInput): void {
    this.#cancels.push(this.#clock.at(atMs, () => {
      if (input.kind === "limit") this.#dueMs = atMs;
      this.#report(input);
    }));
  }

  #watchIdle(limitMs: number, startMs: number): void {
    const pollMs = this.#activity.polled ? limitMs / POLLS_PER_LIMIT : limitMs;
    let cancelled = false;
    let cancel = (): void => {};
    const look = (atMs: number): void => {
      cancel = this.#clock.at(atMs, () => {
        const dueMs = (this.#activity.lastMs() ?? startMs) + limitMs;
        const nowMs = this.#clock.nowMs();
        if (cancelled) return;
        if (nowMs < dueMs) return look(Math.min(dueMs, nowMs + pollMs));
        this.#dueMs = dueMs;
        this.#report({ kind: "limit", limit: "idle" });
      });
    };
    look(startMs + pollMs);
    this.#cancels.push(() => {
      cancelled = true;
      cancel();
    });
  }
}

function isLimit(ms: number | undefined): ms is number {
  return ms !== undefined && ms > 0 && Number.isFinite(ms);
}
