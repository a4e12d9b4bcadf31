import type { Timers } from "../driver/active_clock.ts";

const LOOK_PAUSE_MS = 500;
/** Later than this is told. */
const LATE_MS = 1000;

/** Notices when the event loop of prekill itself does not run: times in that stretch are not to be trusted. */
export class StallWatch {
  readonly #timers: Timers;
  readonly #report: (stalledMs: number) => void;
  #dueMs = 0;
  #timer: unknown;

  /**
   * @param timers the time
   * @param report called with how late the loop was
   */
  constructor(timers: Timers, report: (stalledMs: number) => void) {
    this.#timers = timers;
    this.#report = report;
  }

  /** Looks from now on; what was before does not count. */
  start(): void {
    this.stop();
    this.#dueMs = this.#timers.nowMs() + LOOK_PAUSE_MS;
    this.#timer = this.#timers.set(LOOK_PAUSE_MS, () => {
      const lateMs = this.#timers.nowMs() - this.#dueMs;
      if (lateMs > LATE_MS) this.#report(Math.round(lateMs));
      this.start();
    });
  }

  /** Looks no longer. */
  stop(): void {
    this.#timers.clear(this.#timer);
  }
}
