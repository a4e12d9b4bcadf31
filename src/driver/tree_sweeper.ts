import { withResolvers } from "../std/with_resolvers.ts";
import type { Runtime } from "../runtime/port.ts";
import type { Clock } from "./active_clock.ts";
import { createLister } from "../tree/create_lister.ts";
import type { ProcessLister } from "../tree/process_lister.ts";
import type { TreeLooks } from "./tree_looks.ts";
import { youngProcesses } from "./young_processes.ts";

/** How long an attempt that has ended waits for others, to be looked after together with them. */
const SWEEP_PAUSE_MS = 25;
/** Sweeps may cost one part in so many of the time. */
const COST_SHARE = 5;
/** In so short a time the numbers of processes do not come round. */
const YOUNG_MS = 1000;

interface Waiting {
  readonly cookie: string;
  readonly isYoung: boolean;
  resolve(mayHaveLeft: boolean): void;
}

/** What the drivers of one run have in common, so that an attempt that ends at once costs next to nothing. */
export interface DriverShare {
  /** The time that all limits count. */
  readonly clock: Clock;
  /** Tells whether a process that has ended, with all of its group, may have left others behind. */
  readonly sweeper: { mayHaveLeft(rootPid: number, cookie: string, ageMs: number): Promise<boolean> };
  /** Looks at the trees of attempts that go on for longer. */
  readonly looks?: TreeLooks | undefined;
}

/**
 * Looks for what left the process groups of attempts before these ended: one listing of all processes serves every
 * attempt that has ended since the last. Linux only.
 */
export class TreeSweeper {
  readonly #runtime: Runtime;
  readonly #lister: ProcessLister;
  #waiting = new Map<number, Waiting>();
  #timer: ReturnType<typeof setTimeout> | undefined;
  #pauseMs = SWEEP_PAUSE_MS;

  /** @param runtime the host */
  constructor(runtime: Runtime) {
    this.#runtime = runtime;
    this.#lister = createLister(runtime);
  }

  /**
   * Waits for the next look.
   *
   * @param rootPid the process that was started; it has been reaped
   * @param cookie its `PREKILL_ID`
   * @param ageMs since its start
   * @returns false when nobody is in its session and nobody carries its cookie
   */
  mayHaveLeft(rootPid: number, cookie: string, ageMs = 0): Promise<boolean> {
    const { promise, resolve } = withResolvers<boolean>();
    this.#waiting.set(rootPid, { cookie, isYoung: ageMs < YOUNG_MS, resolve });
    this.#timer ??= setTimeout(() => this.sweep(), this.#pauseMs);
    return promise;
  }

  /** Looks now, for all that wait. */
  sweep(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const waiting = this.#waiting;
    if (waiting.size === 0) return;
    this.#waiting = new Map();
    const startMs = performance.now();
    const left = this.#find(waiting);
    this.#pauseMs = Math.max(SWEEP_PAUSE_MS, (performance.now() - startMs) * COST_SHARE);
    for (const [rootPid, { resolve }] of waiting) resolve(left === undefined || left.has(rootPid));
  }

  /** The roots that have left somebody; undefined when it cannot be told. */
  #find(waiting: ReadonlyMap<number, Waiting>): Set<number> | undefined {
    const byCookie = new Map([...waiting].map(([rootPid, { cookie }]) => [cookie, rootPid]));
    const areYoung = [...waiting.values()].every(({ isYoung }) => isYoung);
    // What a process of long ago has left may have a smaller number than its own.
    const firstPid = areYoung ? Math.min(...waiting.keys()) : 0;
    const processes = youngProcesses(this.#runtime.files, this.#lister, { firstPid });
    if (processes === undefined) return undefined;
    const left = new Set<number>();
    for (const { entry: { sid }, cookies } of processes) {
      if (waiting.has(sid)) left.add(sid);
      for (const cookie of cookies) {
        const rootPid = byCookie.get(cookie);
        if (rootPid !== undefined) left.add(rootPid);
      }
    }
    return left;
  }
}
