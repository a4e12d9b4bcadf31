import type { ReportOptions } from "./report_options.ts";

/** How a piece of text stands out, where colour is wanted. */
export type ReportTone = "plain" | "bad" | "good" | "strong" | "faint";

/** What the terminal's reporter depends on. */
export interface TerminalOptions extends ReportOptions {
  /** `quiet`: only what did not pass, and the summary; `verbose`: also starts, retries and every look. */
  readonly verbosity: "quiet" | "normal" | "verbose";
  /** Whether a bar shows what runs: then lines come with its frames. */
  readonly isLive: boolean;
  /** Dresses text in its tone, or leaves it as it is. */
  readonly style: (text: string, tone: ReportTone) => string;
  /** How long each test took in earlier runs, in milliseconds, by `testId`; without them no end is foretold. */
  readonly expectedMs?: ReadonlyMap<string, number> | undefined;
}

/** What a frame of the bar depends on, beside the events. */
export interface FrameContext {
  /** Milliseconds of the epoch. */
  readonly nowMs: number;
  /** Width of the terminal. */
  readonly columns: number;
  /** Height of the terminal. */
  readonly rows: number;
}
