import type { FdFacts } from "../facts.ts";

/** The one thing that a loop most probably waits for. */
export type LoopFocus =
  | {
    /** `writer`: it has something to write for which there is no room. */
    readonly role: "connecting" | "writer" | "stdin" | "client" | "listening" | "pipe" | "watch";
    readonly file: FdFacts;
  }
  | { readonly role: "child"; readonly pid: number; readonly file?: FdFacts | undefined }
  | { readonly role: "signal"; readonly signals: readonly string[] }
  | { readonly role: "timer"; readonly remainingMs: number }
  /** Nothing outside the process can wake it: a message or promise inside is awaited. */
  | { readonly role: "nothing" };

/** A focus and how sure it is. */
export interface LoopReading {
  readonly focus: LoopFocus;
  /** Other kinds of things that it waits for at the same time, in words. */
  readonly besides: readonly string[];
  /** How many of these could be the explanation just as well: timers and servers of its own could not. */
  readonly rivals: number;
}

/** Something that a loop may wait for; the lower the rank, the more probably. */
export interface LoopCandidate {
  readonly rank: number;
  readonly focus: LoopFocus;
  /** What it is, as part of a list. */
  readonly words: string;
}
