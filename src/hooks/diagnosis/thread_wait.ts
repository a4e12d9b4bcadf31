import type { FdFacts, LockFacts, ProcessFacts, ThreadFacts, Wait } from "../facts.ts";
import type { LanguageLock } from "../language_facts.ts";
import type { LockOwner } from "./lock_holders.ts";
import { fileOf } from "./tree_index.ts";
import { wakingSignals } from "./waking_signals.ts";

/** What one thread does, with its descriptors looked up: the kernel's facts in the words of the diagnosis. */
export type ThreadWait =
  /** Uses a core, or is ready to and gets none (`starved`). */
  | { readonly kind: "busy"; readonly starved: boolean }
  /** Neither blocked nor busy: seen in different places. */
  | { readonly kind: "moving" }
  | { readonly kind: "stopped"; readonly byDebugger: boolean }
  | { readonly kind: "ended" }
  | { readonly kind: "disk" }
  | { readonly kind: "join"; readonly tid: number }
  | {
    readonly kind: "lock";
    readonly address: string;
    readonly ownerTid?: number | undefined;
    /** The recorded owner that is none of the threads that could release it. */
    readonly goneOwnerTid?: number | undefined;
    readonly isMutex: boolean;
    readonly timeoutMs?: number | undefined;
  }
  /** Waits inside its process, as the runtime of its language tells. */
  | {
    readonly kind: "inner";
    readonly what: InnerWait;
    readonly on?: LanguageLock | undefined;
    /** The threads that can end it, where they are known. */
    readonly owners: readonly LockOwner[];
    readonly timeoutMs?: number | undefined;
  }
  | {
    readonly kind: "child";
    readonly pid?: number | undefined;
    readonly pgid?: number | undefined;
    /** Or for a token of make's job server, which the end of a child makes unnecessary. */
    readonly isOrToken?: boolean | undefined;
  }
  /** Waits in `vfork` until the child has started its program. */
  | { readonly kind: "vfork" }
  | {
    readonly kind: "stream";
    readonly direction: "read" | "write";
    readonly file: FdFacts;
    readonly timeoutMs?: number | undefined;
  }
  | { readonly kind: "fifo-open"; readonly path: string; readonly mode: "read" | "write" | "read-write" }
  | {
    readonly kind: "file-lock";
    readonly path: string;
    readonly holders: readonly number[];
    /** How long it pauses between its tries, when it is taken to try again and again rather than seen to wait. */
    readonly everyMs?: number | undefined;
  }
  | { readonly kind: "connect"; readonly address?: string | undefined; readonly file?: FdFacts | undefined }
  | { readonly kind: "accept"; readonly address?: string | undefined; readonly file?: FdFacts | undefined }
  | { readonly kind: "sleep"; readonly durationMs?: number | undefined }
  | { readonly kind: "signal"; readonly signals: readonly string[] }
  | {
    readonly kind: "watch";
    readonly paths: readonly string[];
    /** By a look every so often, not by inotify. */
    readonly isByLooks?: boolean | undefined;
  }
  /** poll, select or epoll over several things, or over nothing that leaves the process. */
  | {
    readonly kind: "loop";
    readonly handles: readonly LoopHandle[];
    readonly timeoutMs?: number | undefined;
    readonly isEpoll: boolean;
  }
  | { readonly kind: "ipc"; readonly what: "semaphore" | "message-queue" }
  /** Blocked in a way that the facts do not explain. */
  | { readonly kind: "other"; readonly text: string };

/** What a thread can wait for inside its process. */
export type InnerWait =
  | "lock"
  | "condition"
  | "semaphore"
  | "latch"
  | "queue"
  | "future"
  | "channel"
  | "join";

/** One file that a loop waits for. */
export interface LoopHandle {
  readonly file: FdFacts;
  readonly events: readonly ("read" | "write")[];
  /** The loop is told of changes only, so that the events do not show what it waits for now. */
  readonly isEdge?: boolean | undefined;
}

/** Share of a core above which a thread counts as busy. */
const BUSY_PERCENT = 50;
/** The least share of a thread that counts as busy because its whole process is. */
const BUSY_SHARE_PERCENT = 15;

/** A thread that wakes up so often between looks is not stuck in what every look happened to find it in. */
const MANY_WAKEUPS = 10;

/**
 * Normalises what a thread waits for: states and CPU time first, then the system call with its descriptors looked up.
 * A poll of a single file is a wait for that file; files that only the process itself can wake are left out.
 *
 * @param process whose thread
 * @param thread the thread
 */
export function threadWait(process: ProcessFacts, thread: ThreadFacts): ThreadWait {
  const last = thread.states.at(-1) ?? process.states.at(-1) ?? "?";
  if (/[ZXx]/.test(last)) return { kind: "ended" };
  if (last === "T") return { kind: "stopped", byDebugger: false };
  if (last === "t") {
    // A tracer such as strace stops it at each call and lets it go on.
    return (thread.wakeups ?? 0) > MANY_WAKEUPS ? { kind: "moving" } : { kind: "stopped", byDebugger: true };
  }
  const runs = [...thread.states].filter((state) => state === "R").length;
  const isShareOfBusy = process.cpuPercent >= BUSY_PERCENT && thread.cpuPercent >= BUSY_SHARE_PERCENT &&
    runs > 0;
  if (thread.cpuPercent >= BUSY_PERCENT || isShareOfBusy) return { kind: "busy", starved: false };
  if (runs > 0 && runs === thread.states.length) return { kind: "busy", starved: thread.states.length > 1 };
  const call = thread.syscall;
  if (/^D+$/.test(thread.states)) {
    if (!thread.sameSyscall || (thread.wakeups ?? 0) > MANY_WAKEUPS) return { kind: "moving" };
    const isVfork = /vfork/.test(thread.wchan) || call?.name === "vfork" || call?.name === "clone";
    return isVfork ? { kind: "vfork" } : { kind: "disk" };
  }
  if (call?.wait !== undefined) return resolveWait(process, call.wait);
  if (last === "R") return { kind: "moving" };
  return {
    kind: "other",
    text: call?.text ?? (thread.wchan === "" ? "" : `kernel function ${thread.wchan}`),
  };
}

function resolveWait(process: ProcessFacts, wait: Wait): ThreadWait {
  switch (wait.kind) {
    case "read":
    case "write":
      return resolveStream(process, wait.fd, wait.kind, wait.timeoutMs);
    case "poll":
      return resolvePoll(process, wait);
    case "futex":
      if (wait.joinsTid !== undefined) return { kind: "join", tid: wait.joinsTid };
      return {
        kind: "lock",
        address: wait.address,
        ownerTid: wait.ownerTid,
        goneOwnerTid: wait.goneOwnerTid,
        isMutex: wait.shape === "mutex" || wait.shape === "pi",
        timeoutMs: wait.timeoutMs,
      };
    case "open":
      return { kind: "fifo-open", path: wait.path, mode: wait.mode };
    case "file-lock":
      return resolveLock(process, wait.fd);
    case "connect": {
      const file = fileOf(process, wait.fd);
      return { kind: "connect", address: wait.address ?? file?.socket?.remote, file };
    }
    case "accept": {
      const file = fileOf(process, wait.fd);
      return { kind: "accept", address: file?.socket?.local, file };
    }
    case "sleep":
      return { kind: "sleep", durationMs: wait.durationMs };
    case "signal":
      return { kind: "signal", signals: wakingSignals(process, wait.signals) };
    case "child":
      return { kind: "child", pid: wait.pid, pgid: wait.pgid };
    case "ipc":
      return { kind: "ipc", what: wait.what };
  }
}

function resolveStream(
  process: ProcessFacts,
  fd: number,
  direction: "read" | "write",
  timeoutMs: number | undefined,
): ThreadWait {
  const file = fileOf(process, fd) ?? { fd, kind: "other", target: `fd ${fd}`, access: "read-write" };
  switch (file.kind) {
    case "inotify":
      return { kind: "watch", paths: file.watches ?? [] };
    case "signalfd":
      return { kind: "signal", signals: file.signals ?? [] };
    case "timerfd":
      return { kind: "sleep", durationMs: file.remainingMs };
    case "pidfd":
      return { kind: "child", pid: file.pid };
    case "eventfd":
      return { kind: "lock", address: `eventfd ${fd}`, isMutex: false, timeoutMs };
  }
  if (file.socket?.state === "LISTEN") return { kind: "accept", address: file.socket.local, file };
  if (file.socket?.state === "SYN_SENT") return { kind: "connect", address: file.socket.remote, file };
  return { kind: "stream", direction, file, timeoutMs };
}

function resolvePoll(process: ProcessFacts, wait: Extract<Wait, { kind: "poll" }>): ThreadWait {
  if (wait.fds.length === 0 && !wait.epoll) {
    return wait.timeoutMs === undefined
      ? { kind: "signal", signals: wakingSignals(process, []) }
      : { kind: "sleep", durationMs: wait.timeoutMs };
  }
  const all = wait.fds.flatMap(({ fd, events, isEdge }) => {
    const file = fileOf(process, fd);
    return file === undefined ? [] : [{ file, events, isEdge }];
  });
  const handles = all.filter(({ file }) => !isInternal(process.pid, file));
  const only = handles[0] ?? all.find(({ file }) => isOfThreads(file));
  if (!wait.epoll && (handles.length === 1 || all.length === 1) && only !== undefined) {
    // Who asks for both waits for the other side to speak; a socket that can be written would not block.
    const direction = only.events.includes("read") ? "read" : "write";
    return resolveStream(process, only.file.fd, direction, wait.timeoutMs);
  }
  return { kind: "loop", handles, timeoutMs: wait.timeoutMs, isEpoll: wait.epoll };
}

/** What one thread waits at for another, without being a loop: Ruby's threads do so for locks and queues. */
function isOfThreads({ kind }: FdFacts): boolean {
  return kind === "eventfd" || kind === "unix";
}

/** Files that wake a loop from inside its own process: event counters, rings, pipes to itself. */
function isInternal(pid: number, file: FdFacts): boolean {
  if (file.kind === "eventfd" || file.kind === "epoll" || file.kind === "other" || file.kind === "file") {
    return true;
  }
  const isPair = file.kind === "pipe" || (file.kind === "unix" && file.socket?.state !== "LISTEN");
  const ends = file.ends ?? [];
  return isPair && ends.length > 0 && ends.every((end) => end.pid === pid);
}

function resolveLock(process: ProcessFacts, fd: number): ThreadWait {
  const path = fileOf(process, fd)?.target;
  const waiting: LockFacts | undefined = process.locks.find((lock) => !lock.held && lock.path === path) ??
    process.locks.find((lock) => !lock.held);
  const holders = (waiting?.holders ?? []).map((holder) => holder.pid);
  return { kind: "file-lock", path: waiting?.path ?? path ?? `fd ${fd}`, holders };
}
