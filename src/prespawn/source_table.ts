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
  readonly #ending = new Set<WarmSource>();

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

  /** Ends those of a kind, or all. */
  endAll(kind?: string): void {
    for (const [key, entry] of [...this.#entries]) {
      if (kind === undefined || entry.kind === kind) this.end(key, entry);
    }
  }

  /** Ends one; what it has given goes on. */
  end(key: string, { source }: WarmSourceEntry): void {
    this.#entries.delete(key);
    this.#ending.add(source);
    (source.retire?.() ?? source.stop()).finally(() => this.#ending.delete(source));
  }

  /** Stops all, those that are ending as well, and waits for it. */
  async stop(): Promise<void> {
    this.endAll();
    await Promise.all(Array.from(this.#ending, (source) => source.stop()));
  }

  #endLeastUsed(): void {
    for (const [key, entry] of this.#entries) if (entry.takers === 0) return this.end(key, entry);
  }
}
