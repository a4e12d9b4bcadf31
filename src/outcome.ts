/** How a process ended and what the driver made of it: closed unions, no bare numbers. */

/** How the operating system says that a process ended. */
export type Exit =
  | { readonly kind: "exited"; readonly code: number }
  | { readonly kind: "signalled"; readonly signal: string };

/** The limit that ran out: wall clock, no output for too long, no sign of life yet, finished but still there. */
export type TimeLimit = "timeout" | "idle" | "startup" | "exit";

/** Why a sample is taken. */
export type SampleReason = TimeLimit | "slow" | "manual";

/** Why a command could not be started; `exhausted`: the machine has no process, file or memory left to give just now. */
export type StartFailureReason = "not-found" | "not-executable" | "bad-cwd" | "exhausted" | "other";

/** What became of one attempt. The first reason wins: a process that exits 0 after its timeout has timed out. */
export type Outcome =
  | Exit
  | {
    readonly kind: "timed-out";
    readonly limit: TimeLimit;
    /** How the process ended afterwards; undefined when it could not be ended. */
    readonly exit: Exit | undefined;
    /** Whether the hard kill was needed to end it. */
    readonly killed: boolean;
  }
  | {
    readonly kind: "cancelled";
    /** The signal that ended the run, or undefined when an `AbortSignal` did. */
    readonly signal: string | undefined;
    readonly exit: Exit | undefined;
  }
  | { readonly kind: "not-started"; readonly reason: StartFailureReason; readonly message: string };

/** A process of the tree that outlived the main process. */
export interface Leak {
  /** Process id. */
  readonly pid: number;
  /** Start time of the process in the unit of the operating system; with the pid it names the process for good. */
  readonly startTime: number;
  /** Program and arguments. */
  readonly command: readonly string[];
  /** Since its start, in milliseconds. */
  readonly ageMs: number;
  /** Whether it still holds the main process's standard output or standard error open. */
  readonly holdsOutput: boolean;
  /** What became of it: the driver's `leaks` policy, or "survived" when even KILL did not end it. */
  readonly fate: "killed" | "kept" | "ended" | "survived";
}
