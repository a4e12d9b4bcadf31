import type { Timers } from "../../src/driver/active_clock.ts";

/** Timers whose time passes only when told; due callbacks are called in order. */
export class FakeTimers implements Timers {
  #nowMs = 0;
  #next = 1;
  readonly #pending = new Map<number, { atMs: number; callback: () => void }>();

  nowMs(): number {
    return this.#nowMs;
  }

  set(delayMs: number, callback: () => void): unknown {
    this.#pending.set(this.#next, { atMs: this.#nowMs + delayMs, callback });
    return this.#next++;
  }

  clear(handle: unknown): void {
    this.#pending.delete(handle as number);
  }

  /** Lets time pass; timers fire on the way. */
  advance(ms: number): void {
    const endMs = this.#nowMs + ms;
    for (;;) {
      const due = [...this.#pending].filter(([, timer]) =>
        timer.atMs <= endMs
      ).sort(([, a], [, b]) => a.atMs - b.atMs)[0];
      if (due === undefined) {
        break;
      }
      this.#pending.delete(due[0]);
      this.#nowMs = Math.max(this.#nowMs, due[1].atMs);
      due[1].callback();
    }
    this.#nowMs = endMs;
  }

  /** Lets time pass while nothing runs, as when the process is stopped. */
  suspend(ms: number): void {
    this.#nowMs += ms;
  }

  /** How many timers are pending. */
  get pendingCount(): number {
    return this.#pending.size;
  }
}
