import { withResolvers } from "../std/with_resolvers.ts";
import type { Runtime } from "../runtime/port.ts";
import type { Clock } from "./active_clock.ts";
import { createLister } from "../tree/create_lister.ts";
import { isDead } from "../tree/process_entry.ts";
import type { ProcessLister } from "../tree/process_lister.ts";
import { readCookies } from "../tree/read_cookies.ts";

/** How long an attempt that has ended waits for others, to be looked after together with them. */
const SWEEP_PAUSE_MS = 25;

/** What the drivers of one run have in common, so that an attempt that ends at once costs next to nothing. */
export interface DriverShare {
  /** The time that all limits count. */
  readonly clock: Clock;
  /** Tells whether a process that has ended, with all of its group, may have left others behind. */
  readonly sweeper: { mayHaveLeft(rootPid: number, cookie: string): Promise<boolean> };
}

/**
 * Looks for what left the process groups of attempts before these ended: one listing of all processes serves every
 * attempt that has ended since the last. Linux only.
 */
export class TreeSweeper {
  readonly #runtime: Runtime;
  readonly #lister: ProcessLister;
  #waiting = new Map<number, { readonly cookie: string; resolve(mayHaveLeft: boolean): void }>();
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** @param runtime the host */
  constructor(runtime: Runtime) {
    this.#runtime = runtime;
    this.#lister = createLister(runtime);
  }

  /**
   * Waits for the next look. Ask within a second or so of the start: by then the numbers of processes have not come
   * round again.
   *
   * @param rootPid the process that was started; it has been reaped
   * @param cookie its `PREKILL_ID`
   * @returns false when nobody is in its session and nobody carries its cookie
   */
  mayHaveLeft(rootPid: number, cookie: string): Promise<boolean> {
    const { promise, resolve } = withResolvers<boolean>();
    this.#waiting.set(rootPid, { cookie, resolve });
    this.#timer ??= setTimeout(() => this.sweep(), SWEEP_PAUSE_MS);
    return promise;
  }

  /** Looks now, for all that wait. */
  sweep(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const waiting = this.#waiting;
    if (waiting.size === 0) return;
    this.#waiting = new Map();
    const left = this.#find(waiting);
    for (const [rootPid, { resolve }] of waiting) resolve(left === undefined || left.has(rootPid));
  }

  /** The roots that have left somebody; undefined when it cannot be told. */
  #find(waiting: ReadonlyMap<number, { readonly cookie: string }>): Set<number> | undefined {
    const { files } = this.#runtime;
    const names = files.list("/proc");
    if (names === undefined) return undefined;
    const byCookie = new Map([...waiting].map(([rootPid, { cookie }]) => [cookie, rootPid]));
    const firstPid = Math.min(...waiting.keys());
    // The last field is the pid given out most recently: below the first, the numbers have come round.
    const lastPid = Number(files.readText("/proc/loadavg")?.trim().split(" ").at(-1) ?? NaN);
    const left = new Set<number>();
    for (const name of names) {
      const pid = Number(name);
      if (Number.isNaN(pid) || (pid < firstPid && lastPid >= firstPid)) continue;
      const entry = this.#lister.read(pid);
      if (entry === undefined || isDead(entry)) continue;
      if (waiting.has(entry.sid)) left.add(entry.sid);
      for (const cookie of readCookies(files, pid)) {
        const rootPid = byCookie.get(cookie);
        if (rootPid !== undefined) left.add(rootPid);
      }
    }
    return left;
  }
}
