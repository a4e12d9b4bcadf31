/**
 * What the collectors saw, as plain data: the input of the diagnosis and of the sample files. Recorded facts are JSON
 * of this shape. Nothing in here is derived by judgement; unknown is undefined.
 */
import type { CollectorRecord, Stack } from "../sample_document.ts";
import type { LanguageThread, LoopTimer, TaskFacts } from "./language_facts.ts";

/** Everything seen of one tree. */
export interface Facts {
  readonly os: string;
  readonly arch: string;
  readonly kernel: string;
  readonly cpus: number;
  readonly takenAtEpochMs: number;
  /** From the first to the last snapshot; 0 for a light sample. */
  readonly windowMs: number;
  readonly snapshots: number;
  readonly load?: readonly number[] | undefined;
  readonly pressure?: { readonly cpu?: number; readonly memory?: number; readonly io?: number } | undefined;
  /** The control groups that the processes of the tree are in, where they can be read. */
  readonly controlGroups?: readonly ControlGroupFacts[] | undefined;
  /** How long the machine itself was asleep while it was watched; undefined where that cannot be told. */
  readonly suspendedMs?: number | undefined;
  /** The process that was started, also when it has exited since. */
  readonly rootPid: number;
  readonly rootExited: boolean;
  /** `pipe:[inode]` names that carry the output of the tree to prekill, when known. */
  readonly outputPipes: readonly string[];
  /** The tree, parents before children, siblings by start time. */
  readonly processes: readonly ProcessFacts[];
  /** Processes outside the tree that hold the other end of something in it. */
  readonly outsiders: readonly OutsiderFacts[];
  readonly collectors: readonly CollectorRecord[];
  /** Of the started process, as it is; only when it was asked for and could be read. */
  readonly environment?: Readonly<Record<string, string>> | undefined;
}

/** Limits that the kernel puts on some processes together (cgroups(7)). */
export interface ControlGroupFacts {
  /** Its path as `/proc/PID/cgroup` shows it. */
  readonly path: string;
  /** Processes of the tree that are in it. */
  readonly pids: readonly number[];
  /** Whether all of it is frozen, as a paused container is. */
  readonly isFrozen: boolean;
  /** Over the window: how long it was held back because it had used up its share of the processors. */
  readonly throttledMs?: number | undefined;
  /** Over the window: how many processes were killed because it was out of memory. */
  readonly oomKills?: number | undefined;
}

/** A process outside the tree. `pid` 0 stands for "another process that cannot be looked into". */
export interface OutsiderFacts {
  readonly pid: number;
  readonly name: string;
  readonly command: readonly string[];
}

/** One process. */
export interface ProcessFacts {
  readonly pid: number;
  readonly ppid: number;
  readonly pgid: number;
  readonly sid: number;
  /** Clock ticks after boot (field 22 of `/proc/PID/stat`); with the pid it names the process for good. */
  readonly startTime: number;
  readonly ageMs: number;
  readonly name: string;
  readonly command: readonly string[];
  readonly exe?: string | undefined;
  readonly cwd?: string | undefined;
  /** The state letter in each snapshot, oldest first, such as "SSS". The last is the present one. */
  readonly states: string;
  readonly cpuPercent: number;
  readonly rssBytes: number;
  readonly swapBytes?: number | undefined;
  /** Over the window; undefined where it cannot be read. */
  readonly io?: { readonly readBytes: number; readonly writtenBytes: number } | undefined;
  /** Over the window: how often it had to wait for memory to be read from a disk (major page faults). */
  readonly majorFaults?: number | undefined;
  /** Pid of the debugger, 0 for none. */
  readonly tracerPid: number;
  readonly signals: {
    readonly blocked: readonly string[];
    readonly ignored: readonly string[];
    /** Handled by the program, without those that the C library keeps for itself. */
    readonly caught: readonly string[];
    readonly pending: readonly string[];
  };
  /** The main thread (tid = pid) first. */
  readonly threads: readonly ThreadFacts[];
  readonly fds: readonly FdFacts[];
  /** File locks that it holds or waits for. */
  readonly locks: readonly LockFacts[];
  /** What its event loop keeps, in words, where its runtime tells it. */
  readonly activeResources?: readonly string[] | undefined;
  /** The program's own timers that keep the loop of its main thread, where its runtime tells them. */
  readonly timers?: readonly LoopTimer[] | undefined;
  /** Name and version of its language's runtime, such as `CPython 3.11.2`, where that was read. */
  readonly runtime?: string | undefined;
  /** Tasks, goroutines, virtual threads and workers of its program. */
  readonly tasks?: readonly TaskFacts[] | undefined;
  /** What its language's runtime has that could not be read, one clause each. */
  readonly leftOut?: readonly string[] | undefined;
  /** True when the facts are incomplete because the process ended or may not be looked into; says why. */
  readonly incomplete?: string | undefined;
}

/** One thread. */
export interface ThreadFacts {
  readonly tid: number;
  readonly name: string;
  /** The state letter in each snapshot. */
  readonly states: string;
  readonly cpuPercent: number;
  /** Voluntary context switches over the window: 0 means that it did not wake up once. */
  readonly wakeups?: number | undefined;
  /** Over the window: how long it was ready to run and no processor was free for it. */
  readonly queuedMs?: number | undefined;
  /** How long ago it last ran when it was first looked at; undefined where that cannot be read. */
  readonly idleMs?: number | undefined;
  readonly wchan: string;
  readonly syscall?: SyscallFacts | undefined;
  /** Whether system call and arguments were the same in every snapshot. */
  readonly sameSyscall: boolean;
  readonly stacks: readonly Stack[];
  /** What the runtime of its language tells of it. */
  readonly language?: LanguageThread | undefined;
}

/** The system call that a thread is in. */
export interface SyscallFacts {
  readonly number: number;
  /** As in the kernel's tables, such as `read` or `epoll_pwait`. */
  readonly name: string;
  /** Decoded for people, such as `read(3<pipe:[42]>, …)`. */
  readonly text: string;
  /** What the call waits for, when it is one that can wait. */
  readonly wait?: Wait | undefined;
}

/** What a blocked system call waits for. Durations are `undefined` where the call waits for ever. */
export type Wait =
  | { readonly kind: "read"; readonly fd: number; readonly timeoutMs?: number | undefined }
  | { readonly kind: "write"; readonly fd: number; readonly timeoutMs?: number | undefined }
  | {
    /** poll, select or epoll: any of these, or the time. */
    readonly kind: "poll";
    readonly fds: readonly {
      readonly fd: number;
      readonly events: readonly ("read" | "write")[];
      /** epoll: told of changes only (EPOLLET), so that the events show what could interest, not what is awaited now. */
      readonly isEdge?: boolean | undefined;
    }[];
    readonly timeoutMs?: number | undefined;
    /** True for epoll: an event loop that wakes up for any of its registered files. */
    readonly epoll: boolean;
  }
  | { readonly kind: "open"; readonly path: string; readonly mode: "read" | "write" | "read-write" }
  | { readonly kind: "child"; readonly pid?: number | undefined; readonly pgid?: number | undefined }
  | {
    readonly kind: "futex";
    readonly address: string;
    readonly timeoutMs?: number | undefined;
    /** The thread that is being joined: the futex is a thread's tid word and expects that tid. */
    readonly joinsTid?: number | undefined;
    /** The owner read from the word or the pthread mutex around it, when it is a live thread. */
    readonly ownerTid?: number | undefined;
    /** The owner that a mutex records when it is no thread that could release it: it has ended, or was left in a parent. */
    readonly goneOwnerTid?: number | undefined;
    /** `mutex` when the word looks like a locked pthread mutex, `robust-or-pi` when the word itself holds the owner. */
    readonly shape: "join" | "mutex" | "pi" | "other";
  }
  | { readonly kind: "file-lock"; readonly fd: number; readonly type: "flock" | "posix" | "ofd" }
  | { readonly kind: "connect"; readonly fd: number; readonly address?: string | undefined }
  | { readonly kind: "accept"; readonly fd: number }
  | { readonly kind: "sleep"; readonly durationMs?: number | undefined }
  | { readonly kind: "signal"; readonly signals: readonly string[]; readonly timeoutMs?: number | undefined }
  | { readonly kind: "ipc"; readonly what: "semaphore" | "message-queue" };

/** One open file. */
export interface FdFacts {
  readonly fd: number;
  readonly kind:
    | "file"
    | "directory"
    | "pipe"
    | "fifo"
    | "unix"
    | "tcp"
    | "udp"
    | "socket"
    | "terminal"
    | "device"
    | "eventfd"
    | "epoll"
    | "inotify"
    | "signalfd"
    | "timerfd"
    | "pidfd"
    | "other";
  /** What the link in `/proc/PID/fd` says, or a path. */
  readonly target: string;
  readonly access: "read" | "write" | "read-write";
  readonly socket?: SocketFacts | undefined;
  /** Who holds the other end of a pipe or socket; undefined where that is not looked up or cannot be told. */
  readonly ends?: readonly FdEnd[] | undefined;
  /** False when `ends` may be incomplete (other users' processes) or was inferred rather than read. */
  readonly endsCertain?: boolean | undefined;
  /** signalfd: the signals; pidfd: the process; timerfd: milliseconds left; inotify: number of watches; eventfd: its count. */
  readonly signals?: readonly string[] | undefined;
  readonly pid?: number | undefined;
  readonly remainingMs?: number | undefined;
  readonly watches?: readonly string[] | undefined;
  readonly count?: number | undefined;
}

/** A socket. */
export interface SocketFacts {
  /** TCP states as in netstat: LISTEN, SYN_SENT, ESTABLISHED, CLOSE_WAIT, …; unix: LISTEN, CONNECTING, CONNECTED, UNCONNECTED. */
  readonly state: string;
  /** `127.0.0.1:5432`, `[::1]:80`, or the path of a unix socket. */
  readonly local?: string | undefined;
  readonly remote?: string | undefined;
  /** Bytes that wait to be sent and to be read. */
  readonly sendQueue?: number | undefined;
  readonly receiveQueue?: number | undefined;
}

/** A holder of the other end. */
export interface FdEnd {
  readonly pid: number;
  readonly fd: number;
  readonly access: "read" | "write" | "read-write";
}

/** A lock of `/proc/locks`. */
export interface LockFacts {
  readonly type: "flock" | "posix" | "ofd" | "lease";
  readonly mode: "read" | "write";
  readonly path: string;
  readonly inode: number;
  readonly held: boolean;
  /** When not held: who holds what it waits for. */
  readonly holders?: readonly { readonly pid: number }[] | undefined;
}
