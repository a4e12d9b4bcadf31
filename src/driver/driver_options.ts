import type { HookRecord } from "../hook_record.ts";
import type { Platform } from "../hooks/hook.ts";
import type { LightSample } from "../hooks/light_sample.ts";
import type { Child, FileSpawnCommand } from "../runtime/port.ts";
import type { DriverShare } from "./tree_sweeper.ts";
import type { Exit, Leak, Outcome, SampleReason, TimeLimit } from "../outcome.ts";

/** What happens to processes of the tree that outlive the main process. */
export type LeakPolicy = "kill" | "keep" | "fail";

/** Where the output of the process goes. */
export type OutputTarget =
  /** To the caller's own streams, untouched: terminals, files, `/dev/null`. */
  | { readonly kind: "inherit" }
  /** Through the driver to the caller's own streams, with the end kept in memory; backpressure is passed on. */
  | { readonly kind: "forward" }
  /** Both streams straight into a file, which the driver only looks at. */
  | { readonly kind: "log"; readonly path: string };

/** Gives the driver a process in place of a start. */
export type Spawner = (command: FileSpawnCommand, signal: AbortSignal) => Promise<Child | undefined>;

/** What one process is started with, and its limits. Durations in milliseconds; 0 or undefined is no limit. */
export interface DriverOptions {
  /** Program and arguments; the program is looked up in the child's `PATH`. */
  readonly command: readonly [string, ...string[]];
  /** Working directory; the caller's when undefined. */
  readonly cwd?: string | undefined;
  /** The whole environment of the child, to which the cookie is added; the caller's when undefined. */
  readonly env?: Readonly<Record<string, string>> | undefined;
  /** Name of the test; the program's base name when undefined. */
  readonly name?: string | undefined;
  /** File of the test, which names the sample; the name when undefined. */
  readonly file?: string | undefined;
  /** From 1. */
  readonly attempt?: number | undefined;
  /** The caller's standard input, or `/dev/null`; the caller's when undefined. */
  readonly stdin?: "inherit" | "null" | undefined;
  /** Where the output goes; to the caller's own streams when undefined. */
  readonly output?: OutputTarget | undefined;
  /** Bytes of output kept in memory for the result and the sample, 16 KiB when undefined. */
  readonly tailBytes?: number | undefined;
  /**
   * Whether the process gets a session of its own (default). Without one it shares the caller's terminal and process
   * group, and Ctrl-C and Ctrl-Z reach it from the terminal.
   */
  readonly newSession?: boolean | undefined;
  /** Wall clock, from the start. */
  readonly timeoutMs?: number | undefined;
  /** Since the last output. */
  readonly idleTimeoutMs?: number | undefined;
  /** From the start to the first output. */
  readonly startupTimeoutMs?: number | undefined;
  /** From the end of all its output, or from `markFinished`, to the exit. */
  readonly exitTimeoutMs?: number | undefined;
  /** From the start; the process is reported as slow and goes on. */
  readonly slowAfterMs?: number | undefined;
  /** Between soft and hard kill, 10 s when undefined; 0 kills at once. */
  readonly graceMs?: number | undefined;
  /** Limit of the pre-kill hook, 30 s when undefined. */
  readonly hookTimeoutMs?: number | undefined;
  /** After exit, how long output is still read while somebody holds it open; 200 ms when undefined. */
  readonly drainTimeoutMs?: number | undefined;
  /** The soft kill's signal, SIGTERM when undefined; `null` sends none. */
  readonly softSignal?: string | null | undefined;
  /** Send soft and hard kill to the process alone, not to its group and tree (`timeout --foreground`). */
  readonly processOnly?: boolean | undefined;
  /** False never sends KILL: after the soft kill the driver waits for the exit, however long (GNU timeout without -k). */
  readonly hardKill?: boolean | undefined;
  /** What happens to processes that outlive the main process; "kill" when undefined. */
  readonly leaks?: LeakPolicy | undefined;
  /** Ends the process when aborted. */
  readonly signal?: AbortSignal | undefined;
  /** Where samples and the journal go; created only when something is written. */
  readonly sessionDir?: string | undefined;
  /** A command line for the shell, run before the process is ended; `{pid}` stands for the process. */
  readonly preKillCommand?: string | undefined;
  /** Where the process runs; this machine when undefined. */
  readonly platform?: Platform | undefined;
  /** From the first to the last snapshot of the full sample, 1 s when undefined. */
  readonly sampleTimeMs?: number | undefined;
  /** Whether a signal to the driver is answered with a brief sample before the tree is ended; true when undefined. */
  readonly sampleOnInterrupt?: boolean | undefined;
  /** Include the environment, redacted, in the sample. */
  readonly sampleEnvironment?: boolean | undefined;
  /**
   * Asked first for a process, where the output is a log: one that has been started beforehand, so that its time runs from
   * when it is handed out. Resolves with undefined when the driver is to start the command itself; `signal` is aborted when
   * the attempt has been cancelled meanwhile.
   */
  readonly spawner?: Spawner | undefined;
  /** What the drivers of one run have in common; each has its own when undefined. */
  readonly share?: DriverShare | undefined;
}

/** What came of one attempt. */
export interface AttemptResult {
  /** `PREKILL_ID` of the attempt. */
  readonly id: string;
  /** Name of the test, or the program's. */
  readonly name: string;
  /** 0 when it could not be started. */
  readonly pid: number;
  /** How it ended; the first reason wins. */
  readonly outcome: Outcome;
  /** Active time: while machine or driver were suspended the clock stood still. */
  readonly elapsedMs: number;
  /** What outlived the main process. */
  readonly leaks: readonly Leak[];
  /** The hook's run, if there was one. */
  readonly hook?: HookRecord | undefined;
  /** How much output there was, as far as the driver saw it, its end, and where it is. */
  readonly output: { readonly bytes: number; readonly tail: string; readonly logPath?: string | undefined };
}

/** What happened to one attempt: past facts as plain JSON. */
export type DriverEventBody =
  | { readonly kind: "attempt-started"; readonly pid: number; readonly command: readonly string[] }
  /** It takes longer than `slowAfterMs`, and goes on. */
  | { readonly kind: "slow"; readonly elapsedMs: number }
  /** What a look that touches nothing showed, at half of the timeout or when it became slow. */
  | ({ readonly kind: "light-sample"; readonly elapsedMs: number } & LightSample)
  | { readonly kind: "limit-reached"; readonly limit: TimeLimit; readonly limitMs: number }
  /** The pre-kill hook is about to run. */
  | { readonly kind: "sampling"; readonly reason: SampleReason }
  | { readonly kind: "sampled"; readonly hook: HookRecord }
  | { readonly kind: "signal-sent"; readonly signal: string; readonly to: "group" | "tree" | "process" }
  | { readonly kind: "exited"; readonly exit: Exit }
  | { readonly kind: "leak"; readonly leak: Leak }
  | { readonly kind: "attempt-settled"; readonly outcome: Outcome; readonly elapsedMs: number };

/**
 * An event with its header: numbered without gaps, `atMs` in milliseconds of the epoch, `id` the attempt's `PREKILL_ID`.
 * Exactly one `attempt-settled` follows each `attempt-started`.
 */
export type DriverEvent =
  & { readonly seq: number; readonly atMs: number; readonly id: string }
  & DriverEventBody;
