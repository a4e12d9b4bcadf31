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
  /** The waiting process. */
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
  /** Why it hangs, in one code. */
  readonly cause: Cause;
  /** How sure that is. */
  readonly confidence: Confidence;
  /** One sentence that names who waits for what. */
  readonly summary: string;
  /** The process to blame. */
  readonly pid: number;
  /** The thread to blame, where one can be told. */
  readonly tid?: number | undefined;
  /** The program to blame, as people call it. */
  readonly program: string;
  /** Stable hash of the cause and the normalised top frames: the same hang, recognised across runs. */
  readonly fingerprint: string;
  /** What was seen that shows it, one sentence each, the strongest first. */
  readonly evidence: readonly string[];
  /** Who waits for whom, from the started process to the one to blame. */
  readonly chain: readonly ChainLink[];
  /** What the reader can try next, in one sentence. */
  readonly advice?: string | undefined;
  /** For how long the thread to blame has not run, in milliseconds, where it waits and that can be told. */
  readonly waitedMs?: number | undefined;
}

/** One frame of a stack, innermost first in `frames`. */
export interface Frame {
  /** Name of the function; an address or module where there is no symbol. */
  readonly function: string;
  /** Source file or library, as the tool gave it. */
  readonly file?: string | undefined;
  /** Line in the source file, from 1. */
  readonly line?: number | undefined;
  /** Values of its arguments where they were read and are simple, such as `count=3`; of one of the looks. */
  readonly arguments?: string | undefined;
}

/** A stack and in how many snapshots it was seen. */
export interface Stack {
  /** "native", or the language whose frames these are. */
  readonly language: string;
  /** In how many snapshots it was seen. */
  readonly count: number;
  /** Innermost first. */
  readonly frames: readonly Frame[];
}

/** What one collector did, for one process or (pid 0) for all. */
export interface CollectorRecord {
  /** The collector or its tool, such as `eu-stack`. */
  readonly name: string;
  /** The process it looked at; 0 for all of them. */
  readonly pid: number;
  /** `missing`: the tool is not installed; `timeout`: it was stopped at its limit. */
  readonly status: "ok" | "missing" | "failed" | "timeout";
  /** How long it took, in milliseconds. */
  readonly ms: number;
  /** What went wrong, or how to install the tool, on one line. */
  readonly detail?: string | undefined;
}

/** The whole sample. */
export interface SampleDocument {
  /** Names this format. */
  readonly schema: "prekill.sample/1";
  /** The test, as the user named and started it. */
  readonly test: {
    readonly name: string;
    readonly file: string;
    readonly attempt: number;
    readonly command: readonly string[];
    readonly cwd: string;
  };
  /** Which limit ran out, or who asked. */
  readonly reason: SampleReason;
  /** ISO 8601, UTC. */
  readonly takenAt: string;
  /** Since the start of the attempt. */
  readonly elapsedMs: number;
  /** From the first to the last snapshot. */
  readonly windowMs: number;
  /** The machine at that time. */
  readonly host: {
    readonly os: string;
    readonly arch: string;
    readonly kernel: string;
    readonly cpus: number;
    readonly load?: readonly number[] | undefined;
    /** Share of the last 10 s in which some task waited for the resource, in percent (Linux PSI). */
    readonly pressure?: { readonly cpu?: number; readonly memory?: number; readonly io?: number } | undefined;
  };
  /** The cause derived from the facts. */
  readonly diagnosis: Diagnosis;
  /** The tree, parents before children. */
  readonly processes: readonly SampleProcess[];
  /** What each collector did, also those that failed or are missing. */
  readonly collectors: readonly CollectorRecord[];
  /** The end of the output, control characters and all. */
  readonly outputTail?: string | undefined;
  /** Environment of the started process, only when asked for; secret-looking values redacted. */
  readonly environment?: Readonly<Record<string, string>> | undefined;
}

/** One process of a sample. */
export interface SampleProcess {
  /** Process id. */
  readonly pid: number;
  /** Parent's process id. */
  readonly ppid: number;
  /** Process group. */
  readonly pgid: number;
  /** Session. */
  readonly sid: number;
  /** Program and arguments; the name alone where they cannot be read. */
  readonly command: readonly string[];
  /** The kernel's name of the process (16 bytes at most on Linux). */
  readonly name: string;
  /** Working directory, where it can be read. */
  readonly cwd?: string | undefined;
  /** The kernel's letter: R running, S sleeping, D uninterruptible, T stopped, t traced, Z zombie. */
  readonly state: string;
  /** CPU time over the window, in percent of one processor. */
  readonly cpuPercent: number;
  /** Resident memory in bytes. */
  readonly rssBytes: number;
  /** Since its start, in milliseconds. */
  readonly ageMs: number;
  /** The main thread first. */
  readonly threads: readonly SampleThread[];
  /** Open files by number. */
  readonly fds: readonly SampleFd[];
  /** What its event loop keeps, in words, where its runtime tells it. */
  readonly activeResources?: readonly string[] | undefined;
  /** Name and version of its language's runtime, where that was read. */
  readonly runtime?: string | undefined;
  /** Tasks, goroutines, virtual threads and workers of its program. */
  readonly tasks?: readonly SampleTask[] | undefined;
  /** Why not all of it could be seen. */
  readonly incomplete?: string | undefined;
}

/** One thread of a sample. */
export interface SampleThread {
  /** Thread id; the main thread's is the pid. */
  readonly tid: number;
  /** The thread's name. */
  readonly name: string;
  /** The kernel's letter, as for a process. */
  readonly state: string;
  /** CPU time over the window, in percent of one processor. */
  readonly cpuPercent: number;
  /** The kernel function it sleeps in; empty when it runs or cannot be seen. */
  readonly wchan: string;
  /** The system call it is in, decoded, such as `read(0</dev/null>, …)`. */
  readonly syscall?: string | undefined;
  /** Where it was, the most frequent first. */
  readonly stacks: readonly Stack[];
  /** What the runtime of its language tells of it, in words, such as `BLOCKED, waits for a threading.Lock`. */
  readonly told?: string | undefined;
  /** True for threads of the runtime itself, which explain nothing about the program. */
  readonly isInternal?: boolean | undefined;
}

/** A task, goroutine, virtual thread or worker of a sample. */
export interface SampleTask {
  /** Which of these it is. */
  readonly kind: "task" | "goroutine" | "virtual-thread" | "worker";
  /** Unique within the process. */
  readonly id: string;
  /** Such as `Task-3` or `main.fetchAll`. */
  readonly name: string;
  /** In the runtime's own words. */
  readonly state: string;
  /** How many are in the same place. */
  readonly count: number;
  /** Where it is suspended, innermost first. */
  readonly frames: readonly Frame[];
  /** What it waits for, in words. */
  readonly waitsFor?: string | undefined;
}

/** One open file of a sample. */
export interface SampleFd {
  /** Its number. */
  readonly fd: number;
  /** What it is: `file`, `pipe`, `tcp`, … */
  readonly kind: string;
  /** Path, address or the kernel's name of it. */
  readonly target: string;
  /** Who holds the other end, in words. */
  readonly peer?: string | undefined;
}
