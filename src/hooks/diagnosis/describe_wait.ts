import { formatDuration } from "../../duration.ts";
import { visibleText } from "../../visible_text.ts";
import type { FdFacts, ProcessFacts, ThreadFacts } from "../facts.ts";
import type { TaskFacts } from "../language_facts.ts";
import { describeInner } from "./inner_words.ts";
import { isJobServer } from "./job_server.ts";
import { describeLock, isSpinning } from "./lock_words.ts";
import { lockOwners } from "./lock_owners.ts";
import { listAll } from "./list_all.ts";
import type { Stand } from "./stand.ts";
import { isHeldByReaders, isPipeLike, isUnfedInput, otherEnds, pathOf } from "./streams.ts";
import { taskLabel, taskWords } from "./task_words.ts";
import { threadLabel } from "./thread_label.ts";
import type { TreeIndex } from "./tree_index.ts";
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
      return `waits for the lock on ${wait.path}${heldBy(index, wait.holders, process.pid)}`;
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

function describeStream(
  index: TreeIndex,
  process: ProcessFacts,
  file: FdFacts,
  direction: "read" | "write",
): string {
  const verb = direction === "read" ? "read" : "write";
  const ends = otherEnds(file, direction);
  const others = ends.filter((pid) => pid !== process.pid);
  if (direction === "read" && isUnfedInput(index, process, file)) {
    return `waits to read its standard input (${describeFile(file)}), which nobody writes`;
  }
  if (file.kind === "tcp" || file.kind === "udp") {
    const remote = file.socket?.remote ?? "a peer";
    const whose = others.length === 0
      ? ends.length === 0 ? "" : " (its own process)"
      : ` (${labels(index, others)})`;
    if (direction === "write") return `waits to send data to ${remote}${whose}, which does not take it`;
    return `waits for data from ${remote}${whose}`;
  }
  if (!isPipeLike(file)) {
    const whose = others.length === 0 ? "" : ` at whose other end is ${labels(index, others)}`;
    return `waits to ${verb} the ${kindWord(file)} ${pathOf(file) ?? file.target}${whose}`;
  }
  if (direction === "read" && isJobServer(index, process, file)) {
    return `waits for a token of make's job server (the ${kindWord(file)} at descriptor ${file.fd})`;
  }
  const end = (direction === "read" ? "write" : "read") + (others.length === 1 ? "s" : "");
  const where = `${direction === "write" ? "full " : ""}${kindWord(file)} ${
    file.kind === "fifo" ? file.target : `at descriptor ${file.fd}`
  }`;
  if (direction === "read" && isHeldByReaders(index, file)) {
    const readers = ends.length === 1 ? "itself" : `its own readers (${labels(index, ends)})`;
    return `waits to read the ${where}, whose write end is held by nobody but ${readers}`;
  }
  if (others.length > 0) return `waits to ${verb} the ${where} that ${labels(index, others)} ${end}`;
  if (ends.length > 0) return `waits to ${verb} the ${where}, whose other end only it holds itself`;
  return `waits to ${verb} the ${where}`;
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
    case "watch":
      return `idles in its event loop and ${describeWatch(focus.file.watches ?? [])}`;
    case "child":
      return `${idle} for its child ${index.label(focus.pid)}`;
    case "signal":
      return `idles in its event loop and ${describeSignal(focus.signals, undefined)}`;
    case "timer":
      return `${idle} for a timer that is due in ${formatDuration(focus.remainingMs)}`;
    case "nothing":
      if (tasks !== undefined) {
        const each = tasks.task.count > 1 ? "each of its" : "its";
        return `idles in its event loop: ${each} ${taskLabel(tasks.task)} ${taskWords(tasks.task)}`;
      }
      return timeoutMs === undefined || timeoutMs === 0
        ? `${idle} for something inside the process: a message, an event or a promise that does not come`
        : `idles in its event loop and wakes up every ${formatDuration(timeoutMs)}`;
  }
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

function labels(index: TreeIndex, pids: readonly number[]): string {
  const shown = pids.slice(0, 3).map((pid) => index.label(pid));
  return listAll(pids.length > 3 ? [...shown, `${pids.length - 3} more`] : shown);
}

function limit(timeoutMs: number | undefined): string {
  return timeoutMs === undefined ? "" : ` (for ${formatDuration(timeoutMs)} at most)`;
}

/** What a stream is, for people: `a pipe`, `/dev/pts/3`. */
function describeFile(file: FdFacts): string {
  if (isPipeLike(file) && file.kind !== "fifo") return `a ${kindWord(file)}`;
  return file.kind === "terminal" ? `the terminal ${file.target}` : file.target;
}

function kindWord(file: FdFacts): string {
  if (file.kind === "fifo") return "FIFO";
  if (file.kind === "unix") return isPipeLike(file) ? "socket pair" : "unix socket";
  return file.kind;
}
