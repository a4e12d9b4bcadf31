/** One measured line of a figure. */
export interface Measurement {
  readonly what: string;
  /** The median, with its unit. */
  readonly median: string;
  /** What it is compared with in the same run, and that one's median with its unit. */
  readonly peer: string;
  /** Median over the peer's median. */
  readonly ratio: number;
  /** What is allowed, in words; empty when the figure has no budget. */
  readonly budget: string;
  /** undefined when the figure has no budget. */
  readonly met: boolean | undefined;
}

/** A figure: its name is that of its file and of the argument of `deno task bench`. */
export interface Figure {
  readonly name: string;
  /** Programs that it needs on `PATH`. */
  readonly needs: readonly string[];
  /** Measures; leaves neither processes nor files behind. */
  measure(): Promise<readonly Measurement[]>;
}
