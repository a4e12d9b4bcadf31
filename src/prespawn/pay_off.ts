/** Pairs at the beginning, before anything is decided. */
const FIRST_PAIRS = 4;
/** Afterwards one pair in so many starts, until it is clear. */
const STARTS_PER_PAIR = 8;
/** After so many pairs nothing more is compared. */
const MAX_PAIRS = 24;
/** Warm is clearly worse, or better, when equal chances would give such a result at most so often. */
const MAX_CHANCE = 1 / 16;
/** And when it takes so much longer, all pairs together. */
const WORSE_RATIO = 1.05;
/** It is better when it takes so much less, all pairs together. */
const BETTER_RATIO = 0.9;
/** Who waits this many times as long as a cold test takes goes without a runner … */
const PATIENCE_RATIO = 4;
/** … but not before this. */
const MIN_PATIENCE_MS = 250;
/** Runners that are awaited in vain so often in a row take too long. */
const MAX_OVERDUE = 3;

/** One test of a comparison: how it is to start, and how long it took. */
export interface Trial {
  /** How it is to start. */
  readonly kind: "warm" | "cold";
  /** To be called with the milliseconds from when a start was asked for to the end; undefined when they do not count. */
  done(elapsedMs: number | undefined): void;
}

interface Pair {
  readonly warm: number;
  readonly cold: number;
}

/**
 * Finds out whether tests that start warm are done sooner. Neighbours in the order of the tests are compared, one cold and
 * one warm, four pairs at first, as neighbours are most alike; a sign test tells a difference from noise, so that one slow test
 * decides nothing. The time of a warm test includes what it waited for its runner.
 */
export class PayOff {
  readonly #pairs: Pair[] = [];
  readonly #coldMs: number[] = [];
  #begunPairs = 0;
  #startsToNext = 0;
  #half: { readonly other: "warm" | "cold"; readonly record: HalfPair } | undefined;
  #overdue = 0;
  #verdict: string | undefined;

  /** Why tests are to start cold from here on, with figures; undefined while warm starts may pay. */
  get verdict(): string | undefined {
    return this.#verdict;
  }

  /** How long a test waits for its runner at the most; undefined while it is not known how long a cold one takes. */
  get patienceMs(): number | undefined {
    if (this.#coldMs.length === 0) return undefined;
    return Math.max(MIN_PATIENCE_MS, PATIENCE_RATIO * median(this.#coldMs));
  }

  /** How the next test is to start. */
  next(): Trial {
    if (this.#verdict !== undefined) return { kind: "cold", done: () => {} };
    if (this.#half !== undefined) {
      const { other, record } = this.#half;
      this.#half = undefined;
      return this.#trial(other, record);
    }
    const isDue = this.#begunPairs < FIRST_PAIRS || (this.#startsToNext-- <= 0 && !this.#isClearlyBetter);
    if (!isDue || this.#begunPairs === MAX_PAIRS) return { kind: "warm", done: () => {} };
    const isColdFirst = this.#begunPairs++ % 2 === 0;
    this.#startsToNext = STARTS_PER_PAIR - 2;
    const record: HalfPair = {};
    this.#half = { other: isColdFirst ? "warm" : "cold", record };
    return this.#trial(isColdFirst ? "cold" : "warm", record);
  }

  /** A test that was to start warm has started cold, and took so long without the waiting. */
  noteCold(elapsedMs: number): void {
    this.#coldMs.push(elapsedMs);
  }

  /** A test has waited for its runner longer than `patienceMs`, and starts cold. */
  noteOverdue(): void {
    const patienceMs = this.patienceMs;
    if (++this.#overdue < MAX_OVERDUE || patienceMs === undefined) return;
    this.#verdict ??= `its runners are not ready after ${inMs(patienceMs)}, and a cold test takes ${
      inMs(median(this.#coldMs))
    }`;
  }

  /** A runner was ready in time. */
  noteReady(): void {
    this.#overdue = 0;
  }

  #trial(kind: "warm" | "cold", record: HalfPair): Trial {
    return {
      kind,
      done: (elapsedMs) => {
        if (elapsedMs === undefined || record[kind] !== undefined) return;
        record[kind] = elapsedMs;
        if (kind === "cold") this.#coldMs.push(elapsedMs);
        const { warm, cold } = record;
        if (warm === undefined || cold === undefined) return;
        this.#pairs.push({ warm, cold });
        this.#judge();
      },
    };
  }

  #judge(): void {
    const { worse, count, warmMs, coldMs } = this.#result;
    if (chanceOf(worse, count) > MAX_CHANCE || warmMs < coldMs * WORSE_RATIO) return;
    this.#verdict ??= `warm starts took ${inMs(warmMs / count)} per test and cold ones ${
      inMs(coldMs / count)
    }, warm the longer in ${worse} of ${count} pairs of tests`;
  }

  get #isClearlyBetter(): boolean {
    const { worse, count, warmMs, coldMs } = this.#result;
    return count >= FIRST_PAIRS && chanceOf(count - worse, count) <= MAX_CHANCE &&
      warmMs < coldMs * BETTER_RATIO;
  }

  get #result(): {
    readonly worse: number;
    readonly count: number;
    readonly warmMs: number;
    readonly coldMs: number;
  } {
    return {
      worse: this.#pairs.filter(({ warm, cold }) => warm > cold).length,
      count: this.#pairs.length,
      warmMs: sum(this.#pairs.map(({ warm }) => warm)),
      coldMs: sum(this.#pairs.map(({ cold }) => cold)),
    };
  }
}

interface HalfPair {
  warm?: number;
  cold?: number;
}

/** How often a fair coin shows heads at least so many times. */
function chanceOf(heads: number, throws: number): number {
  let chance = 0;
  let ways = 1;
  for (let tails = 0; tails <= throws - heads; tails++) {
    chance += ways / 2 ** throws;
    ways = ways * (throws - tails) / (tails + 1);
  }
  return chance;
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)]!;
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

function inMs(ms: number): string {
  return `${ms < 10 ? ms.toFixed(1) : Math.round(ms)} ms`;
}
