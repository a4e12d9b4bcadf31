import type { Runtime } from "../runtime/port.ts";
import type { ProcessIdentity } from "../tree/process_entry.ts";
import type { Clock } from "./active_clock.ts";

/** Tells when a process last gave a sign of life on its output. */
export interface Activity {
  /** Whether `lastMs` only notices what happened since it was last asked, and so has to be asked often. */
  readonly polled: boolean;
  /** Active time of the last output, or undefined when there was none yet. */
  lastMs(): number | undefined;
}

/** Activity of output that goes through the driver; the pump calls `touch`. */
export class ForwardedActivity implements Activity {
  readonly polled = false;
  readonly #clock: Clock;
  #lastMs: number | undefined;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Notes output now. */
  touch(): void {
    this.#lastMs = this.#clock.nowMs();
  }

  lastMs(): number | undefined {
    return this.#lastMs;
  }
}

/** Activity of a file that the process writes to by itself: its size and the time of its last change. */
export class LogActivity implements Activity {
  readonly polled = false;
  readonly #runtime: Runtime;
  readonly #clock: Clock;
  readonly #path: string;
  readonly #startSize: number;

  constructor(runtime: Runtime, clock: Clock, path: string) {
    this.#runtime = runtime;
    this.#clock = clock;
    this.#path = path;
    this.#startSize = runtime.files.stat(path)?.sizeBytes ?? 0;
  }

  lastMs(): number | undefined {
    const file = this.#runtime.files.stat(this.#path);
    if (file === undefined || file.sizeBytes === this.#startSize) return undefined;
    return this.#clock.nowMs() - Math.max(0, Date.now() - file.modifiedMs);
  }
}

/**
 * Activity of output that the driver cannot see (a terminal): whether the tree has written anything anywhere, by the
 * kernel's counters (`wchar` of `/proc/PID/io`).
 */
export class CounterActivity implements Activity {
  readonly polled = true;
  readonly #runtime: Runtime;
  readonly #clock: Clock;
  readonly #members: () => readonly ProcessIdentity[];
  #counts = new Map<number, number>();
  #lastMs: number | undefined;

  constructor(runtime: Runtime, clock: Clock, members: () => readonly ProcessIdentity[]) {
    this.#runtime = runtime;
    this.#clock = clock;
    this.#members = members;
  }

  lastMs(): number | undefined {
    const counts = new Map<number, number>();
    for (const { pid } of this.#members()) {
      const text = this.#runtime.files.readText(`/proc/${pid}/io`);
      const written = Number(/^wchar: (\d+)$/m.exec(text ?? "")?.[1] ?? 0);
      if (written > (this.#counts.get(pid) ?? 0)) this.#lastMs = this.#clock.nowMs();
      counts.set(pid, written);
    }
    this.#counts = counts;
    return this.#lastMs;
  }
}
