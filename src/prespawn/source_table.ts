import type { RunnerPool } from "./runner_pool.ts";
import type { WarmSource } from "./warm_source.ts";

/** A pool, or what stands in its place. */
export interface WarmSourceEntry {
  readonly source: WarmSource;
  /** The source, where it is a pool of runners. */
  readonly pool: RunnerPool | undefined;
  /** Equal for sources that cost the same. */
  readonly kind: string;
  /** How many wait for it to give. */
  takers: number;
}

/** Sources by their keys, of which the one that was used least recently is stopped when there are too many. */
export class SourceTable {
  readonly #maxSources: number;
  /** In the order of their latest use. */
  readonly #entries = new Map<string, WarmSourceEntry>();
  readonly #ending = new Set<Promise<void>>();

  /** @param maxSources how many there may be, without those that somebody waits for */
  constructor(maxSources: number) {
    this.#maxSources = maxSources;
  }

  /** The source of a key, if there is one. */
  get(key: string): WarmSourceEntry | undefined {
    return this.#entries.get(key);
  }

  /** The source of a key, which is being used; made when there is none. */
  use(key: string, create: () => WarmSourceEntry): WarmSourceEntry {
    const entry = this.#entries.get(key) ?? create();
    this.#entries.delete(key);
    if (this.#entries.size >= this.#maxSources) this.#endLeastUsed();
    this.#entries.set(key, entry);
    return entry;
  }

  /** The total of a number of each pool. */
  sum(count: (pool: RunnerPool) => number): number {
    let total = 0;
    for (const { pool } of this.#entries.values()) if (pool !== undefined) total += count(pool);
    return total;
  }

  /** Stops those of a kind, or all. */
  endAll(kind?: string): void {
    for (const [key, entry] of [...this.#entries]) {
      if (kind === undefined || entry.kind === kind) this.end(key, entry);
    }
  }

  /** Stops one. */
  end(key: string, { source }: WarmSourceEntry): void {
    this.#entries.delete(key);
    const ended: Promise<void> = source.stop().finally(() => this.#ending.delete(ended));
    this.#ending.add(ended);
  }

  /** Waits until all that were to stop have. */
  async ended(): Promise<void> {
    await Promise.all(this.#ending);
  }

  #endLeastUsed(): void {
    for (const [key, entry] of this.#entries) if (entry.takers === 0) return this.end(key, entry);
  }
}
