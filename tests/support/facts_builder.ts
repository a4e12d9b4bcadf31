/** Builds facts by hand: what a test does not name is that of a quiet single-threaded process. */
import type {
  Facts,
  FdEnd,
  FdFacts,
  LockFacts,
  ProcessFacts,
  SyscallFacts,
  ThreadFacts,
  Wait,
} from "../../src/hooks/facts.ts";
import type { LanguageLock, LanguageThread, TaskFacts } from "../../src/hooks/language_facts.ts";
import type { Frame, Stack } from "../../src/sample_document.ts";

/** Facts of a tree watched for a second in three looks; the first process is the started one. */
export function facts(processes: readonly ProcessFacts[], rest: Partial<Facts> = {}): Facts {
  return {
    os: "linux",
    arch: "x86_64",
    kernel: "6.1.0",
    cpus: 4,
    takenAtEpochMs: Date.UTC(2030, 0, 2, 3, 4, 5),
    windowMs: 1000,
    snapshots: 3,
    load: [0.5, 0.4, 0.3],
    rootPid: processes[0]?.pid ?? 100,
    rootExited: false,
    outputPipes: [],
    processes,
    outsiders: [],
    collectors: [{ name: "kernel", pid: 0, status: "ok", ms: 1000 }],
    ...rest,
  };
}

/** What a test says of a process: its main thread's wait, or all its threads. */
export interface ProcessSketch extends Partial<Omit<ProcessFacts, "pid">> {
  readonly wait?: Wait | undefined;
}

/** A process; `wait` is that of its only thread when no threads are given. */
export function process(pid: number, sketch: ProcessSketch = {}): ProcessFacts {
  const { wait, ...rest } = sketch;
  const command = rest.command ?? ["program"];
  const states = rest.states ?? "SSS";
  return {
    pid,
    ppid: pid === 100 ? 1 : 100,
    pgid: 100,
    sid: 100,
    startTime: pid,
    ageMs: 60_000,
    name: (command[0] ?? "program").split("/").at(-1)!.slice(0, 15),
    command,
    cwd: "/work",
    states,
    cpuPercent: 0,
    rssBytes: 2 * 1024 * 1024,
    io: { readBytes: 0, writtenBytes: 0 },
    tracerPid: 0,
    signals: { blocked: [], ignored: [], caught: [], pending: [] },
    threads: [thread(pid, { wait, states, cpuPercent: rest.cpuPercent ?? 0 })],
    fds: [],
    locks: [],
    ...rest,
  };
}

/** What a test says of a thread. */
export interface ThreadSketch extends Partial<Omit<ThreadFacts, "tid">> {
  readonly wait?: Wait | undefined;
}

/** A thread, asleep all the time unless told otherwise. */
export function thread(tid: number, sketch: ThreadSketch = {}): ThreadFacts {
  const { wait, ...rest } = sketch;
  return {
    tid,
    name: "",
    states: "SSS",
    cpuPercent: 0,
    wakeups: 0,
    wchan: "",
    syscall: wait === undefined ? undefined : syscall(wait),
    sameSyscall: true,
    stacks: [],
    ...rest,
  };
}

/** A system call with this wait. */
export function syscall(wait: Wait): SyscallFacts {
  const name = wait.kind === "child" ? "wait4" : wait.kind === "poll" ? "poll" : wait.kind;
  const detail = "fd" in wait ? `${wait.fd}` : "…";
  return { number: 0, name, text: `${name}(${detail})`, wait };
}

/** A lock of a language that was read for certain. */
export function lock(id: string, type = "threading.Lock", name?: string): LanguageLock {
  return { id, type, name, isCertain: true };
}

/** What a runtime tells of a thread that holds nothing and waits for nothing unless told otherwise. */
export function told(sketch: Partial<LanguageThread> = {}): LanguageThread {
  return { language: "python", holds: [], ...sketch };
}

/** A pending task of an event loop, suspended in these frames, written as those of `stack()`. */
export function task(id: string, sketch: Partial<TaskFacts> = {}, ...names: string[]): TaskFacts {
  return {
    kind: "task",
    language: "python",
    id,
    name: id,
    state: "waiting",
    count: 1,
    frames: names.map(frame),
    ...sketch,
  };
}

/** A busy thread or process: half the sketch of one. */
export const BUSY = { states: "RRR", cpuPercent: 99 } as const;

/** One end of a pipe; `ends` are the holders of the other end, as pid or pid and descriptor. */
export function pipe(
  fd: number,
  access: "read" | "write",
  inode: number,
  ends: readonly number[] = [],
): FdFacts {
  const other = access === "read" ? "write" : "read";
  return {
    fd,
    kind: "pipe",
    target: `pipe:[${inode}]`,
    access,
    ends: holders(ends, other),
    endsCertain: true,
  };
}

/** A TCP socket. */
export function tcp(
  fd: number,
  state: string,
  local: string,
  remote?: string,
  ends: readonly number[] = [],
): FdFacts {
  return {
    fd,
    kind: "tcp",
    target: `socket:[${fd}]`,
    access: "read-write",
    socket: { state, local, remote },
    ends: holders(ends, "read-write"),
    endsCertain: true,
  };
}

/** Any other open file. */
export function file(
  fd: number,
  kind: FdFacts["kind"],
  target: string,
  rest: Partial<FdFacts> = {},
): FdFacts {
  return { fd, kind, target, access: "read-write", ...rest };
}

/** A lock that somebody else holds. */
export function awaitedLock(path: string, ...holderPids: number[]): LockFacts {
  return {
    type: "flock",
    mode: "write",
    path,
    inode: 7,
    held: false,
    holders: holderPids.map((pid) => ({ pid })),
  };
}

/** A native stack, innermost frame first: names, or names with file and line as `name@file.c:12`. */
export function stack(...names: string[]): Stack {
  return stackOf("native", ...names);
}

/** A stack of a language, written as those of `stack()`. */
export function stackOf(language: string, ...names: string[]): Stack {
  return { language, count: 3, frames: names.map(frame) };
}

function frame(text: string): Frame {
  const [name, place] = text.split("@");
  if (place === undefined) return { function: name! };
  const [path, line] = place.split(":");
  return { function: name!, file: path, line: Number(line) };
}

function holders(pids: readonly number[], access: FdEnd["access"]): FdEnd[] {
  return pids.map((pid) => ({ pid, fd: 9, access }));
}
