import type { Runtime } from "../runtime/port.ts";
import { sparesCore } from "./spares_core.ts";

/** While all processors are busy, they are looked at so often. */
const LOOK_PAUSE_MS = 20;

/** What is to be started, and how busy the pools are. */
export interface RefillerOptions {
  /** Tests that run. */
  runningCount(): number;
  /** Runners that get ready. */
  startingCount(): number;
  /** Whether a runner is missing. */
  isWanted(): boolean;
  /** Starts one that is missing. */
  startNext(): void;
}

/** Starts runners in the background, whenever a processor is free and one is missing. */
export class Refiller {
  readonly #options: RefillerOptions;
  readonly #runtime: Runtime;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #isStopped = false;
  #isLooking = false;

  /**
   * Does nothing yet.
   *
   * @param options what is to be started
   * @param runtime the host
   */
  constructor(options: RefillerOptions, runtime: Runtime) {
    this.#options = options;
    this.#runtime = runtime;
  }

  /** Looks now, and again until nothing is missing. */
  look(): void {
    // What is started tells of itself.
    if (this.#isStopped || this.#isLooking) return;
    this.#isLooking = true;
    clearTimeout(this.#timer);
    this.#timer = undefined;
    while (this.#options.isWanted() && this.#sparesCore()) this.#options.startNext();
    if (this.#options.isWanted()) this.#timer = setTimeout(() => this.look(), LOOK_PAUSE_MS);
    this.#isLooking = false;
  }

  /** Starts no more. */
  stop(): void {
    this.#isStopped = true;
    clearTimeout(this.#timer);
  }

  #sparesCore(): boolean {
    return sparesCore({
      running: this.#options.runningCount(),
      starting: this.#options.startingCount(),
      runnable: runnableThreads(this.#runtime),
      cpuCount: this.#runtime.cpuCount,
    });
  }
}

/** The fourth field of `/proc/loadavg` is "runnable/all"; the caller is one of them. */
function runnableThreads({ os, files }: Runtime): number | undefined {
  if (os !== "linux") return undefined;
  const runnable = /^(?:\S+ ){3}(\d+)\//.exec(files.readText("/proc/loadavg", 100) ?? "")?.[1];
  return runnable === undefined ? undefined : Math.max(0, Number(runnable) - 1);
}
