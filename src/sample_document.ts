/** The schema `prekill.sample/1`: what a `.sample.json` file holds. Fields are only ever added. */
import type { SampleReason } from "./outcome.ts";

/** Why a tree hangs, in one code; `docs/` has a line on each. */
export type Cause =
  | "cpu-bound"
  | "deadlock"
  | "lock-wait"
  | "file-lock"
  | "stdin-wait"
  | "pipe-read"
  | "pipe-write"
  | "fifo-open"
  | "child-wait"
  | "net-connect"
  | "net-read"
  | "net-accept"
  | "sleep"
  | "stopped"
  | "signal-wait"
  | "worker-wait"
  | "disk-wait"
  | "output-held"
  | "unknown";

/** `proven`: the facts exclude other readings. */
export type Confidence = "proven" | "likely" | "guess";

/** One process of the chain of waits, from the started process to the one to blame. */
export interface ChainLink {
  readonly pid: number;
  /** The program as people call it: script name for interpreters, else the command's name. */
  readonly program: string;
  /** What it waits for, in words, such as "waits for its child worker (pid 12) to exit". */
  readonly waits: string;
  /** The process it waits for, where that is known. */
  readonly onPid?: number | undefined;
}

/** The cause derived from the facts. */
export interface Diagnosis {
  readonly cause: Cause;
  readonly confidence: Confidence;
  /** One sentence that names who waits for what. */
  readonly summary: string;
  /** The process to blame. */
  readonly pid: number;
  /** The thread to blame, where one can be told. */
  readonly tid?: number | undefined;
  readonly program: string;
  /** Stable hash of the cause and the normalised top frames: the same hang, recognised across runs. */
  readonly fingerprint: string;
  readonly evidence: readonly string[];
  readonly chain: readonly ChainLink[];
  /** What the reader can try next, in one sentence. */
  readonly advice?: string | undefined;
}

/** One frame of a stack, innermost first in `frames`. */
export interface Frame {
  readonly function: string;
  readonly file?: string | undefined;
  readonly line?: number | undefined;
}

/** A stack and in how many snapshots it was seen. */
export interface Stack {
  /** "native", or the language whose frames these are. */
  readonly language: string;
  readonly count: number;
  readonly frames: readonly Frame[];
}

/** What one collector did, for one process or (pid 0) for all. */
export interface CollectorRecord {
  readonly name: string;
  readonly pid: number;
  readonly status: "ok" | "missing" | "failed" | "timeout";
  readonly ms: number;
  readonly detail?: string | undefined;
}

/** The whole sample. */
export interface SampleDocument {
  readonly schema: "prekill.sample/1";
  readonly test: {
    readonly name: string;
    readonly file: string;
    readonly attempt: number;
    readonly command: readonly string[];
    readonly cwd: string;
  };
  readonly reason: SampleReason;
  /** ISO 8601, UTC. */
  readonly takenAt: string;
  /** Since the start of the attempt. */
  readonly elapsedMs: number;
  /** From the first to the last snapshot. */
  readonly windowMs: number;
  readonly host: {
    readonly os: string;
    readonly arch: string;
    readonly kernel: string;
    readonly cpus: number;
    readonly load?: readonly number[] | undefined;
    /** Share of the last 10 s in which some task waited for the resource, in percent (Linux PSI). */
    readonly pressure?: { readonly cpu?: number; readonly memory?: number; readonly io?: number } | undefined;
  };
  readonly diagnosis: Diagnosis;
  readonly processes: readonly SampleProcess[];
  readonly collectors: readonly CollectorRecord[];
  /** The end of the output, control characters and all. */
  readonly outputTail?: string | undefined;
  /** Environment of the started process, only when asked for; secret-looking values redacted. */
  readonly environment?: Readonly<Record<string, string>> | undefined;
}

/** One process of a sample. */
export interface SampleProcess {
  readonly pid: number;
  readonly ppid: number;
  readonly pgid: number;
  readonly sid: number;
  readonly command: readonly string[];
  /** The kernel's name of the process (16 bytes at most on Linux). */
  readonly name: string;
  readonly cwd?: string | undefined;
  /** The kernel's letter: R running, S sleeping, D uninterruptible, T stopped, t traced, Z zombie. */
  readonly state: string;
  readonly cpuPercent: number;
  readonly rssBytes: number;
  readonly ageMs: number;
  readonly threads: readonly SampleThread[];
  readonly fds: readonly SampleFd[];
}

/** One thread of a sample. */
export interface SampleThread {
  readonly tid: number;
  readonly name: string;
  readonly state: string;
  readonly cpuPercent: number;
  /** The kernel function it sleeps in; empty when it runs or cannot be seen. */
  readonly wchan: string;
  /** The system call it is in, decoded, such as `read(0</dev/null>, …)`. */
  readonly syscall?: string | undefined;
  readonly stacks: readonly Stack[];
}

/** One open file of a sample. */
export interface SampleFd {
  readonly fd: number;
  readonly kind: string;
  readonly target: string;
  /** Who holds the other end, in words. */
  readonly peer?: string | undefined;
}
