/** The time that the driver tells time by; a fake in tests. */
export interface Timers {
  /** Monotonic milliseconds. */
  nowMs(): number;
  /** Calls back once after `delayMs`; returns a handle for `clear`. */
  set(delayMs: number, callback: () => void): unknown;
  clear(handle: unknown): void;
}

/** The host's own timers. */
export const REAL_TIMERS: Timers = {
  nowMs: () => performance.now(),
  set: (delayMs, callback) => setTimeout(callback, delayMs),
  clear: (handle) => clearTimeout(handle as ReturnType<typeof setTimeout>),
};

/** Time that limits count. */
export interface Clock {
  /** Active milliseconds since some moment before. */
  nowMs(): number;
  /** Calls back once when the active time has been reached; returns a function that cancels it. */
  at(atMs: number, callback: () => void): () => void;
}

/** How often the clock looks at the time while limits are pending. */
const HEARTBEAT_MS = 250;
/** A gap longer than this between two looks means that the driver was not running: stopped or the machine asleep. */
const LONGEST_GAP_MS = 750;
/** The longest delay that timers take (2^31 - 1); longer ones are set again. */
const LONGEST_DELAY_MS = 2_147_483_647;

/**
 * Time during which the driver was running. While it is stopped (Ctrl-Z) or the machine sleeps, the clock stands
 * still, so that no limit runs out meanwhile. Exact to one heartbeat.
 */
export class ActiveClock implements Clock {
  readonly #timers: Timers;
  #lastMs: number;
  #activeMs = 0;
  #alarms = new Set<Alarm>();
  #heartbeat: unknown;
  #isPaused = false;

  constructor(timers: Timers = REAL_TIMERS) {
    this.#timers = timers;
    this.#lastMs = timers.nowMs();
  }

  /** Active milliseconds since the clock was made. */
  nowMs(): number {
    if (this.#isPaused) return this.#activeMs;
    const now = this.#timers.nowMs();
    const gapMs = now - this.#lastMs;
    // Without a heartbeat nothing says how often the clock is looked at, so every gap counts.
    this.#activeMs += this.#heartbeat !== undefined && gapMs > LONGEST_GAP_MS ? HEARTBEAT_MS : gapMs;
    this.#lastMs = now;
    return this.#activeMs;
  }

  /**
   * Calls back once when the active time has been reached.
   *
   * @param atMs active time
   * @param callback called at most once
   * @returns a function that cancels it
   */
  at(atMs: number, callback: () => void): () => void {
    const alarm: Alarm = {
      handle: undefined,
      arm: () => {
        if (this.#isPaused) return;
        const delayMs = Math.min(Math.max(0, atMs - this.nowMs()), LONGEST_DELAY_MS);
        alarm.handle = this.#timers.set(delayMs, () => {
          if (this.nowMs() < atMs) return alarm.arm();
          this.#remove(alarm);
          callback();
        });
      },
    };
    this.nowMs();
    this.#alarms.add(alarm);
    if (this.#heartbeat === undefined) this.#beat();
    alarm.arm();
    return () => this.#remove(alarm);
  }

  /** Stands still until `continue`: nothing comes due meanwhile. */
  pause(): void {
    this.nowMs();
    this.#isPaused = true;
    for (const alarm of this.#alarms) this.#timers.clear(alarm.handle);
  }

  /** Goes on. */
  continue(): void {
    if (!this.#isPaused) return;
    this.#isPaused = false;
    this.#lastMs = this.#timers.nowMs();
    for (const alarm of this.#alarms) alarm.arm();
  }

  #remove(alarm: Alarm): void {
    this.#timers.clear(alarm.handle);
    this.#alarms.delete(alarm);
    if (this.#alarms.size === 0 && this.#heartbeat !== undefined) {
      this.#timers.clear(this.#heartbeat);
      this.#heartbeat = undefined;
    }
  }

  #beat(): void {
    this.#heartbeat = this.#timers.set(HEARTBEAT_MS, () => {
      this.nowMs();
      this.#beat();
    });
  }
}

interface Alarm {
  handle: unknown;
  arm(): void;
}
