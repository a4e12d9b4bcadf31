import type { Runtime } from "../runtime/port.ts";
import { createLister } from "../tree/create_lister.ts";
import type { ProcessEntry } from "../tree/process_entry.ts";
import type { ProcessLister } from "../tree/process_lister.ts";
import { youngProcesses } from "./young_processes.ts";

/** A process that ends sooner is not looked at. */
const FIRST_PAUSE_MS = 100;
/** Looks may cost one part in so many of the time. */
const COST_SHARE = 100;
/** So long nothing else waits for a look. */
const SLICE_MS = 3;

/** A tree that is looked at now and then. */
export interface LookedAtTree {
  /** When its root was started, in ticks since the machine was; 0 when that is not known. */
  readonly startTime: number;
  /** The session that its root leads; undefined when it leads none. */
  readonly session: number | undefined;
  /** Takes a listing of all live processes, those of its root's age and younger with their cookies, unless in a tree's session. */
  see(entries: readonly ProcessEntry[], lister: Pick<ProcessLister, "hasCookie">): void;
}

/**
 * Looks at the trees of many attempts: one listing serves all of them, and timers that fall due during a look do not wait for
 * its end. Linux only.
 */
export class TreeLooks {
  readonly #runtime: Runtime;
  readonly #lister: ProcessLister;
  readonly #trees = new Set<LookedAtTree>();
  #timer: ReturnType<typeof setTimeout> | undefined;
  #isLooking = false;

  /**
   * For the trees of one run.
   *
   * @param runtime the host
   */
  constructor(runtime: Runtime) {
    this.#runtime = runtime;
    this.#lister = createLister(runtime);
  }

  /**
   * Has a tree looked at from now on.
   *
   * @param tree sees each listing
   * @returns ends that; nothing is left open once all have ended
   */
  add(tree: LookedAtTree): () => void {
    this.#trees.add(tree);
    if (!this.#isLooking) this.#timer ??= this.#wait(FIRST_PAUSE_MS);
    return () => {
      this.#trees.delete(tree);
      if (this.#trees.size > 0) return;
      clearTimeout(this.#timer);
      this.#timer = undefined;
    };
  }

  #wait(pauseMs: number): ReturnType<typeof setTimeout> {
    return setTimeout(async () => {
      this.#timer = undefined;
      this.#isLooking = true;
      const costMs = await this.#look();
      this.#isLooking = false;
      if (this.#trees.size > 0) this.#timer = this.#wait(Math.max(FIRST_PAUSE_MS, costMs * COST_SHARE));
    }, pauseMs);
  }

  /** Looks once. Returns how long nothing else could be done for it. */
  async #look(): Promise<number> {
    let costMs = 0;
    let sliceMs = performance.now();
    const pause = async (): Promise<void> => {
      const nowMs = performance.now();
      if (nowMs - sliceMs < SLICE_MS) return;
      costMs += nowMs - sliceMs;
      await new Promise((resolve) => setTimeout(resolve, 0));
      sliceMs = performance.now();
    };
    // Those that come during the look are not in its listing.
    const trees = [...this.#trees];
    const startTime = Math.min(...trees.map((tree) => tree.startTime));
    const entries: ProcessEntry[] = [];
    const cookies = new Map<number, readonly string[]>();
    // An environment cannot be read while its process waits for memory, as many that have just begun do.
    const sessions = new Set(trees.flatMap(({ session }) => session ?? []));
    const young = youngProcesses(this.#runtime.files, this.#lister, { startTime, sessions }) ?? [];
    for (const { entry, cookies: own } of young) {
      entries.push(entry);
      cookies.set(entry.pid, own);
      await pause();
    }
    const hasCookie = (pid: number, cookie: string): boolean => cookies.get(pid)?.includes(cookie) ?? false;
    for (const tree of trees) {
      if (this.#trees.has(tree)) tree.see(entries, { hasCookie });
      await pause();
    }
    return costMs + performance.now() - sliceMs;
  }
}
