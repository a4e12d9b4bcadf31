import type { ProcessFacts } from "../facts.ts";
import type { LoopTimer } from "../language_facts.ts";
import type { LoopCandidate, LoopFocus, LoopReading } from "./loop_reading.ts";
import { isOfLibrary, type TaskReading } from "./task_focus.ts";
import type { TaskWait } from "./task_wait.ts";
import type { LoopHandle, ThreadWait } from "./thread_wait.ts";
import { readHandle, TICK_MS } from "./read_handle.ts";
import { readsFrom } from "./order_candidates.ts";
import { isIdleService, type Stand } from "./stand.ts";
import { isPipeLike, otherEnds } from "./streams.ts";
import type { TreeIndex } from "./tree_index.ts";

/** From this rank on a thing is there beside whatever the loop waits for. */
const INCIDENTAL_RANK = 70;

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
  { children, tasks, isMain }: LoopContext,
): LoopReading {
  const timers = isMain ? process.timers : undefined;
  const timeoutMs = timers === undefined ? wait.timeoutMs : nextTimerMs(timers);
  const found = [...candidates(index, process, { ...wait, timeoutMs }, children)].filter(({ focus }) =>
    isAwaited(focus, tasks) && !isOfParent(index, process, focus, tasks)
  ).sort((a, b) => a.rank - b.rank);
  const fitting = found.filter(({ focus }) => FITTING[tasks?.wait ?? "nothing"]?.has(focus.role));
  return pick(fitting.length > 0 ? fitting : found);
}

/** What a task that waits for this can find among the handles of its loop; others say nothing about these. */
const FITTING: Readonly<Partial<Record<TaskWait, ReadonlySet<LoopFocus["role"]>>>> = {
  connect: new Set(["connecting"]),
  stream: new Set(["client", "pipe", "stdin", "writer"]),
  child: new Set(["child"]),
  clients: new Set(["listening"]),
  signal: new Set(["signal"]),
  sleep: new Set(["timer"]),
};

function pick(found: readonly LoopCandidate[]): LoopReading {
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
  /** Where the live children of the process stand, the one first that it most probably waits for. */
  readonly children: readonly Stand[];
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

function* candidates(
  index: TreeIndex,
  process: ProcessFacts,
  wait: Extract<ThreadWait, { kind: "loop" }>,
  children: readonly Stand[],
): Generator<LoopCandidate> {
  for (const handle of wait.handles) {
    const candidate = readHandle(index, process, wait.handles, handle);
    if (candidate !== undefined) yield candidate;
  }
  // The sort is stable: of several the first stays first.
  for (const stand of children) {
    const child = stand.process;
    const file = wait.handles.find((handle) => handle.file.pid === child.pid)?.file ??
      wait.handles.find((handle) => leadsTo(index, handle, process.pid, child.pid))?.file;
    // Without a handle the exit of a child is told by SIGCHLD.
    const rank = isIdleService(stand) && !runsTests(process)
      ? 80
      : readsFrom(stand, process.pid)
      ? 61
      : file === undefined
      ? 45
      : 30;
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

/** A runner of tests waits for its children, also for those that keep a server open. */
function runsTests({ command }: ProcessFacts): boolean {
  return command.slice(1).includes("--test");
}

/** A runtime that tells its timers tells them apart from what it wakes up for by itself. */
function nextTimerMs(timers: readonly LoopTimer[]): number | undefined {
  const dueMs = timers.filter(({ dueMs, everyMs }) => Math.min(dueMs, everyMs ?? Infinity) >= TICK_MS)
    .map((timer) => timer.dueMs);
  return dueMs.length === 0 ? undefined : Math.round(Math.min(...dueMs));
}

function leadsTo(index: TreeIndex, { file }: LoopHandle, ownPid: number, childPid: number): boolean {
  if (!isPipeLike(file)) return false;
  return otherEnds(file, "read").some((pid) => pid !== ownPid && index.descends(pid, childPid));
}
