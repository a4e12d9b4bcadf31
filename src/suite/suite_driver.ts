import type { DriverEvent } from "../driver/driver_options.ts";
import { HookedDriver, type HookedDriverOptions } from "../driver/hooked_driver.ts";
import type { Runtime } from "../runtime/port.ts";

/** Who is told what happens to an attempt. */
export interface AttemptListener {
  /** Of each event, as it happens. */
  onEvent(event: DriverEvent): void;
  /** The process has ended with its group, and another may take its place. */
  onQuiet(): void;
}

/** Drives one attempt of a run, whose journal is kept elsewhere. */
export class SuiteDriver extends HookedDriver {
  readonly #listener: AttemptListener;

  /**
   * Makes a driver; nothing is started yet.
   *
   * @param options what to start, and its limits
   * @param listener who is told
   * @param runtime the host
   */
  constructor(options: HookedDriverOptions, listener: AttemptListener, runtime: Runtime) {
    super({ ...options, journal: false }, runtime);
    this.#listener = listener;
  }

  /** Takes a light sample, unless the hook is off: the event follows. */
  async look(): Promise<void> {
    // A look that fails is no reason to disturb the run.
    await this.onLightSample().catch(() => {});
  }

  /** Hands the event on. */
  protected override onEvent(event: DriverEvent): void {
    this.#listener.onEvent(event);
  }

  /** Hands it on. */
  protected override onQuiet(): void {
    this.#listener.onQuiet();
  }
}
