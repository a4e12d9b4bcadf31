import { formatDuration } from "../../duration.ts";
import { visibleText } from "../../visible_text.ts";
import type { ProcessFacts, ThreadFacts } from "../facts.ts";
import type { TaskFacts } from "../language_facts.ts";
import { idleTracer } from "./idle_tracer.ts";
import { describeInner } from "./inner_words.ts";
import { idleWorker } from "./idle_worker.ts";
import { describeLock, isSpinning } from "./lock_words.ts";
import { lockOwners } from "./lock_owners.ts";
import type { Stand } from "./stand.ts";
import { otherEnds, pathOf } from "./streams.ts";
import { taskLabel, taskWords } from "./task_words.ts";
import { threadLabel } from "./thread_label.ts";
import type { TreeIndex } from "./tree_index.ts";
import { describeFile, describeStream, labels } from "./stream_words.ts";
import { describeWatch } from "./watch_words.ts";

/**
 * Says what a process does, as the rest of a sentence that begins with its name: `waits for its child worker (pid 12)
 * to exit`.
 *
 * @param index the tree
 * @param stand where the process stands
 * @param isThreadKnown whether the sentence so far has named the thread
 * @returns printable text on one line, without a full stop
 */
export function describeWait(index: TreeIndex, stand: Stand, isThreadKnown = false): string {
  const { process, thread, wait, tasks } = stand;
  const text = visibleText(describe(index, stand));
  if (tasks !== undefined) {
    return asOfTask(tasks.task, text) + (isToldByTask(stand) ? "" : `, in its ${taskLabel(tasks.task)}`);
  }
  if (isThreadKnown || thread.tid === process.pid || wait.kind === "stopped") return text;
  return `${text}, in its ${threadLabel(process, thread.tid)}`;
}

function describe(index: TreeIndex, stand: Stand): string {
  const { wait, process, thread } = stand;
  switch (wait.kind) {
    case "busy":
      return describeBusy(thread, wait.starved);
    case "moving":
      return "is at work and not stuck in one place";
    case "stopped":
      if (idleTracer(index, process) !== undefined) {
        return `is kept stopped by ${
          index.label(process.tracerPid)
        }, which traces it as a debugger does and does not let it go on`;
      }
      return process.tracerPid === 0 && !wait.byDebugger
        ? "is stopped by a signal"
        : `is stopped by a debugger${process.tracerPid === 0 ? "" : ` (pid ${process.tracerPid})`}`;
    case "ended":
      return "has ended but for its other threads";
    case "disk":
      return `is in uninterruptible input or output${
        thread.wchan === "" ? "" : ` (kernel function ${thread.wchan})`
      }`;
    case "join":
      return `waits for its ${threadLabel(process, wait.tid).replace("the ", "")} to end`;
    case "lock":
      return describeLock(index, stand, wait) + limit(wait.timeoutMs);
    case "inner":
      if (stand.tasks !== undefined) {
        return `${taskWords(stand.tasks.task)}, in its ${taskLabel(stand.tasks.task)}`;
      }
      return describeInner(stand, wait) + limit(wait.timeoutMs);
    case "child":
      return describeChildWait(index, process, wait.pid);
    case "vfork":
      return "waits for its child to start a program";
    case "stream":
      return describeStream(index, process, wait.file, wait.direction) + limit(wait.timeoutMs);
    case "fifo-open":
      return `is blocked opening the FIFO ${wait.path} to ${
        wait.mode === "read" ? "read" : "write"
      }, which nobody opens to ${wait.mode === "read" ? "write" : "read"}`;
    case "file-lock":
      return (wait.everyMs === undefined
        ? `waits for the lock on ${wait.path}`
        : `pauses for ${
          formatDuration(wait.everyMs)
        } at a time, most probably between tries for the lock on ${wait.path}`) +
        heldBy(index, wait.holders, process.pid);
    case "connect":
      return `waits for the connection to ${wait.address ?? "a server"} to be accepted`;
    case "accept":
      return `waits for a client to connect${wait.address === undefined ? "" : ` to ${wait.address}`}`;
    case "sleep":
      return wait.durationMs === undefined ? "sleeps" : `sleeps for ${formatDuration(wait.durationMs)}`;
    case "signal":
      return describeSignal(wait.signals, thread);
    case "watch":
      return describeWatch(wait.paths, wait.isByLooks);
    case "loop":
      return describeLoop(index, process, stand, wait.timeoutMs);
    case "ipc":
      return `waits for a System V ${wait.what === "semaphore" ? "semaphore" : "message queue"}`;
    case "other":
      return wait.text === "" ? "waits for something that cannot be told" : `is in ${wait.text}`;
  }
}

/** Goroutines do not know of the loop that polls for them. */
function asOfTask({ kind }: TaskFacts, text: string): string {
  return kind === "goroutine" ? text.replace(/^idles in its event loop and /, "") : text;
}

/** Whether the words on the wait are those on the task. */
function isToldByTask({ wait, loop }: Stand): boolean {
  return wait.kind === "inner" || loop?.focus.role === "nothing";
}

function describeBusy(thread: ThreadFacts, starved: boolean): string {
  const percent = Math.round(thread.cpuPercent);
  const spins = isSpinning(thread) ? " trying to take a spin lock that is not released" : "";
  if (starved) return `is ready to run but gets only ${percent}% of a core${spins}`;
  return `${percent === 0 ? "is running" : `burns CPU (${percent}% of a core)`}${spins}`;
}

function describeChildWait(index: TreeIndex, process: ProcessFacts, pid: number | undefined): string {
  if (pid !== undefined) return `waits for its child ${index.label(pid)} to exit`;
  const children = index.liveChildren(process.pid);
  const only = children[0];
  if (children.length === 1 && only !== undefined) {
    return `waits for its child ${index.label(only.pid)} to exit`;
  }
  return children.length === 0
    ? "waits for a child to exit"
    : `waits for its ${children.length} children to exit`;
}

function describeLoop(
  index: TreeIndex,
  process: ProcessFacts,
  { loop, tasks }: Stand,
  timeoutMs: number | undefined,
): string {
  const focus = loop?.focus ?? { role: "nothing" };
  const idle = "idles in its event loop and waits";
  switch (focus.role) {
    case "connecting":
      return `${idle} for the connection to ${focus.file.socket?.remote ?? "a server"} to be accepted`;
    case "stdin":
      return `${idle} to read its standard input (${describeFile(focus.file)}), which nobody writes`;
    case "client": {
      const others = otherEnds(focus.file, "read").filter((pid) => pid !== process.pid);
      const whose = others.length === 0 ? "" : ` (${labels(index, others)})`;
      const peer = focus.file.kind === "tcp" ? focus.file.socket?.remote : pathOf(focus.file);
      return `${idle} for data from ${peer ?? focus.file.target}${whose}`;
    }
    case "listening":
      return `${idle} for clients to connect to ${listening(process)}`;
    case "pipe":
      return `idles in its event loop and ${describeStream(index, process, focus.file, "read")}`;
    case "writer":
      return `idles in its event loop and ${describeStream(index, process, focus.file, "write")}`;
    case "watch":
      return `idles in its event loop and ${describeWatch(focus.file.watches ?? [])}`;
    case "child":
      return `${idle} for its child ${index.label(focus.pid)}${oneOfMany(index, process)}`;
    case "signal":
      return `idles in its event loop and ${describeSignal(focus.signals, undefined)}`;
    case "timer":
      return `${idle} for a timer that is due in ${formatDuration(focus.remainingMs)}`;
    case "nothing":
      if (tasks !== undefined) {
        const each = tasks.task.count > 1 ? "each of its" : "its";
        return `idles in its event loop: ${each} ${taskLabel(tasks.task)} ${taskWords(tasks.task)}`;
      }
      return describeIdle(process, timeoutMs);
  }
}

function describeIdle(process: ProcessFacts, timeoutMs: number | undefined): string {
  const worker = idleWorker(process);
  if (worker === undefined && timeoutMs !== undefined && timeoutMs !== 0) {
    return `idles in its event loop and wakes up every ${formatDuration(timeoutMs)}`;
  }
  const meanwhile = worker === undefined ? "" : `, while its ${threadLabel(process, worker.tid)} waits too`;
  return `idles in its event loop and waits for something inside the process: a message, an event or a promise that does not come${meanwhile}`;
}

/**
 * Of a process that waits for one of its children, how many it has: ` (one of its 8 children)`; empty for one.
 *
 * @param index the tree
 * @param process the parent
 */
export function oneOfMany(index: TreeIndex, { pid }: ProcessFacts): string {
  const count = index.liveChildren(pid).length;
  return count > 1 ? ` (one of its ${count} children)` : "";
}

function listening(process: ProcessFacts): string {
  const addresses = process.fds.filter((file) => file.socket?.state === "LISTEN")
    .map((file) => file.socket?.local ?? file.target);
  return addresses.slice(0, 3).join(", ");
}

function describeSignal(signals: readonly string[], thread: ThreadFacts | undefined): string {
  if (signals.length === 0) {
    return /poll|select/.test(thread?.syscall?.name ?? "")
      ? "waits for no file and no time, so that only a signal could wake it"
      : "waits for a signal";
  }
  if (signals.length === 1) return `waits for the signal ${signals[0]}, which nobody sends`;
  return `waits for one of the signals ${signals.slice(0, 8).join(", ")}, which nobody sends`;
}

function heldBy(index: TreeIndex, holders: readonly number[], ownPid: number): string {
  if (holders.length === 0) return ", whose holder cannot be told";
  const others = lockOwners(holders, ownPid);
  if (others[0] === ownPid) return ", which it holds itself through another descriptor";
  return `, which ${labels(index, others)} ${others.length === 1 ? "holds" : "hold"}`;
}

function limit(timeoutMs: number | undefined): string {
  return timeoutMs === undefined ? "" : ` (for ${formatDuration(timeoutMs)} at most)`;
}
