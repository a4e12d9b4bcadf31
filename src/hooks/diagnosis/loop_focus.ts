import type { FdFacts, ProcessFacts } from "../facts.ts";
import type { LoopTimer } from "../language_facts.ts";
import { isOfLibrary, type TaskReading } from "./task_focus.ts";
import type { TaskWait } from "./task_wait.ts";
import type { LoopHandle, ThreadWait } from "./thread_wait.ts";
import { isPipeLike, isUnfedInput, otherEnds } from "./streams.ts";
import type { TreeIndex } from "./tree_index.ts";

/** The one thing that a loop most probably waits for. */
export type LoopFocus =
  | {
    readonly role: "connecting" | "stdin" | "client" | "listening" | "pipe" | "watch";
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

/** From this rank on a thing is there beside whatever the loop waits for. */
const INCIDENTAL_RANK = 70;
/** A loop that wakes up at least so often looks at something by itself; its timer is no explanation. */
const TICK_MS = 2000;

/**
 * Tells what an idle loop most probably waits for. A loop waits for many things by design (a server for its clients, a
 * pool for its timers); what somebody else owes it comes first.
 *
 * @param index the tree
 * @param process whose loop
 * @param wait the loop
 * @param context what else is known
 */
export function readLoop(
  index: TreeIndex,
  process: ProcessFacts,
  wait: Extract<ThreadWait, { kind: "loop" }>,
  { isService, tasks, isMain }: LoopContext,
): LoopReading {
  const timers = isMain ? process.timers : undefined;
  const timeoutMs = timers === undefined ? wait.timeoutMs : nextTimerMs(timers);
  const found = [...candidates(index, process, { ...wait, timeoutMs }, isService)].filter(({ focus }) =>
    isAwaited(focus, tasks) && !isOfParent(index, process, focus, tasks)
  ).sort((a, b) => a.rank - b.rank);
  const fitting = found.filter(({ focus }) => FITTING[tasks?.wait ?? "nothing"]?.has(focus.role));
  return pick(fitting.length > 0 ? fitting : found);
}

/** What a task that waits for this can find among the handles of its loop; others say nothing about these. */
const FITTING: Readonly<Partial<Record<TaskWait, ReadonlySet<LoopFocus["role"]>>>> = {
  connect: new Set(["connecting"]),
  stream: new Set(["client", "pipe", "stdin"]),
  child: new Set(["child"]),
  clients: new Set(["listening"]),
  signal: new Set(["signal"]),
  sleep: new Set(["timer"]),
};

function pick(found: readonly Candidate[]): LoopReading {
  const best = found[0];
  if (best === undefined) return { focus: { role: "nothing" }, besides: [], rivals: 0 };
  const others = found.filter((other) => other.focus.role !== best.focus.role);
  const besides = [...new Set(others.map((other) => other.words))];
  return {
    focus: best.focus,
    besides,
    rivals: others.filter((other) => other.rank < INCIDENTAL_RANK).length,
  };
}

/** What else is known of a loop. */
export interface LoopContext {
  /** Whether a child is a server that waits for requests, and so is not waited for. */
  readonly isService: (pid: number) => boolean;
  /** Whether it is that of the main thread. */
  readonly isMain: boolean;
  /** What the tasks that it runs wait for, where these are known. */
  readonly tasks?: TaskReading | undefined;
}

/** Where all tasks wait for each other or for themselves, a connection is one that is kept open. */
function isAwaited({ role }: LoopFocus, tasks: TaskReading | undefined): boolean {
  if (tasks === undefined || tasks.mayBeOutside) return true;
  if (role === "timer") return tasks.sleeps;
  return role !== "client" && role !== "pipe" && role !== "connecting";
}

/** A program of Node with a function that waits does not wait for the next message of who started it. */
function isOfParent(
  index: TreeIndex,
  process: ProcessFacts,
  focus: LoopFocus,
  tasks: TaskReading | undefined,
): boolean {
  if (tasks?.task.language !== "javascript" || isOfLibrary(tasks.task)) return false;
  if (focus.role !== "pipe" || focus.file.kind !== "unix") return false;
  const ends = otherEnds(focus.file, "read").filter((pid) => pid !== process.pid);
  return ends.length > 0 && ends.every((pid) => index.descends(process.pid, pid));
}

interface Candidate {
  readonly rank: number;
  readonly focus: LoopFocus;
  readonly words: string;
}

function* candidates(
  index: TreeIndex,
  process: ProcessFacts,
  wait: Extract<ThreadWait, { kind: "loop" }>,
  isService: (pid: number) => boolean,
): Generator<Candidate> {
  for (const { file, events } of wait.handles) {
    const candidate = readHandle(index, process, wait.handles, file, events);
    if (candidate !== undefined) yield candidate;
  }
  // The child that was started last comes first; the sort is stable.
  for (const child of index.liveChildren(process.pid).toReversed()) {
    const file = wait.handles.find((handle) => handle.file.pid === child.pid)?.file ??
      wait.handles.find((handle) => leadsTo(index, handle, process.pid, child.pid))?.file;
    // Without a handle the exit of a child is told by SIGCHLD.
    const rank = isService(child.pid) ? 80 : file === undefined ? 45 : 30;
    yield {
      rank,
      focus: { role: "child", pid: child.pid, file },
      words: `its child ${index.label(child.pid)}`,
    };
  }
  const timerMs = wait.timeoutMs;
  if (timerMs !== undefined && timerMs >= TICK_MS) {
    yield { rank: 70, focus: { role: "timer", remainingMs: timerMs }, words: "a timer" };
  }
}

/** A runtime that tells its timers tells them apart from what it wakes up for by itself. */
function nextTimerMs(timers: readonly LoopTimer[]): number | undefined {
  const dueMs = timers.filter(({ dueMs, everyMs }) => Math.min(dueMs, everyMs ?? Infinity) >= TICK_MS)
    .map((timer) => timer.dueMs);
  return dueMs.length === 0 ? undefined : Math.round(Math.min(...dueMs));
}

function readHandle(
  index: TreeIndex,
  process: ProcessFacts,
  handles: readonly LoopHandle[],
  file: FdFacts,
  events: LoopHandle["events"],
): Candidate | undefined {
  const state = file.socket?.state;
  if (state === "SYN_SENT" || state === "CONNECTING") {
    return { rank: 10, focus: { role: "connecting", file }, words: `a connection to ${file.socket?.remote}` };
  }
  if (state === "LISTEN") {
    return { rank: 50, focus: { role: "listening", file }, words: `clients at ${file.socket?.local}` };
  }
  switch (file.kind) {
    case "tcp":
    case "unix":
      if (!isPipeLike(file)) return readConnection(index, process, handles, file);
      break;
    case "inotify":
      return { rank: 65, focus: { role: "watch", file }, words: "changes of files" };
    case "signalfd":
      return { rank: 90, focus: { role: "signal", signals: file.signals ?? [] }, words: "signals" };
    case "timerfd": {
      const remainingMs = file.remainingMs;
      if (remainingMs === undefined || remainingMs < TICK_MS) return undefined;
      return { rank: 70, focus: { role: "timer", remainingMs }, words: "a timer" };
    }
    case "pidfd":
      return undefined;
  }
  if (isUnfedInput(index, process, file) && events.includes("read")) {
    return { rank: 20, focus: { role: "stdin", file }, words: "standard input" };
  }
  if (!isPipeLike(file)) return undefined;
  const toChild = index.liveChildren(process.pid).some((child) =>
    otherEnds(file, "read").some((pid) => index.descends(pid, child.pid))
  );
  return toChild ? undefined : { rank: 60, focus: { role: "pipe", file }, words: `the pipe ${file.target}` };
}

/** A connection that this process opened is owed an answer; one that it accepted belongs to a client. */
function readConnection(
  index: TreeIndex,
  process: ProcessFacts,
  handles: readonly LoopHandle[],
  file: FdFacts,
): Candidate | undefined {
  const state = file.socket?.state;
  if (state !== undefined && !/^(ESTABLISHED|CONNECTED|FIN_WAIT)/.test(state)) return undefined;
  const port = portOf(file.socket?.local);
  const isAccepted = process.fds.some((other) =>
    other.socket?.state === "LISTEN" &&
    (file.kind === "tcp" ? portOf(other.socket.local) === port : other.socket.local === file.socket?.local)
  );
  const peer = file.socket?.remote ?? file.socket?.local ?? file.target;
  if (isAccepted) return { rank: 55, focus: { role: "listening", file }, words: `its client ${peer}` };
  const isServer = handles.some((handle) => handle.file.socket?.state === "LISTEN");
  const inTree = otherEnds(file, "read").some((pid) => index.live(pid) !== undefined);
  // A server's connections to others outside are mostly idle ones that it keeps.
  const rank = isServer && !inTree ? 52 : 25;
  return { rank, focus: { role: "client", file }, words: `data from ${peer}` };
}

function leadsTo(index: TreeIndex, { file }: LoopHandle, ownPid: number, childPid: number): boolean {
  if (!isPipeLike(file)) return false;
  return otherEnds(file, "read").some((pid) => pid !== ownPid && index.descends(pid, childPid));
}

function portOf(address: string | undefined): string | undefined {
  return address?.slice(address.lastIndexOf(":") + 1);
}
