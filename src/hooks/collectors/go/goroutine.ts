import type { Frame } from "../../../sample_document.ts";

/** A goroutine, as its runtime shows it. */
export interface Goroutine {
  readonly id: number;
  /** In the runtime's own words: `chan receive, 10 minutes`, `syscall`, `running`. */
  readonly state: string;
  /** Innermost first, without those of the runtime itself. */
  readonly frames: readonly Frame[];
  /** The thread that it is on, where one is known. */
  readonly tid?: number | undefined;
}
