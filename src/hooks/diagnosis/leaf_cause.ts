import type { Cause, Confidence } from "../../sample_document.ts";
import type { FdFacts } from "../facts.ts";
import { goneOwner } from "./gone_owner.ts";
import { idleWorker } from "./idle_worker.ts";
import { isWatched } from "./is_watched.ts";
import type { LoopReading } from "./loop_reading.ts";
import type { Stand } from "./stand.ts";
import { isUnfedInput } from "./streams.ts";
import type { TaskReading } from "./task_focus.ts";
import type { InnerWait } from "./thread_wait.ts";
import type { TreeIndex } from "./tree_index.ts";

/** A cause and how sure it is. */
export interface CauseReading {
  readonly cause: Cause;
  readonly confidence: Confidence;
}

const PROOF_BUSY_PERCENT = 80;

/**
 * The cause at the end of a chain of waits that has no cycle, by what the last process waits for.
 *
 * @param index the tree
 * @param stand where the last process stands
 */
export function leafCause(index: TreeIndex, stand: Stand): CauseReading {
  const { wait, thread, process } = stand;
  const watched = isWatched(index.facts);
  const held: Confidence = watched && thread.sameSyscall ? "proven" : "likely";
  switch (wait.kind) {
    case "busy": {
      if (wait.starved) return { cause: "cpu-bound", confidence: "guess" };
      const isSteady = thread.cpuPercent >= PROOF_BUSY_PERCENT && (process.io?.writtenBytes ?? 0) === 0;
      if (watched && isSteady) return { cause: "cpu-bound", confidence: "proven" };
      return { cause: "cpu-bound", confidence: watched ? "likely" : "guess" };
    }
    case "stopped":
      return { cause: "stopped", confidence: isStoppedForGood(stand, watched) ? "proven" : "likely" };
    case "disk":
      return { cause: "disk-wait", confidence: held };
    case "inner":
      return { cause: innerCause(wait.what), confidence: stand.tasks?.hasRivals ? "guess" : "likely" };
    case "lock": {
      const gone = wait.goneOwnerTid === undefined ? undefined : goneOwner(index, process, wait.goneOwnerTid);
      const isShown = gone?.kind === "left-in-parent" && gone.isThere;
      return { cause: "lock-wait", confidence: isShown ? held : "likely" };
    }
    case "join":
    case "ipc":
      return { cause: "lock-wait", confidence: "likely" };
    case "child":
    case "vfork":
      return { cause: "child-wait", confidence: "guess" };
    case "stream":
      return { cause: streamCause(index, stand, wait.file, wait.direction), confidence: held };
    case "fifo-open":
      return { cause: "fifo-open", confidence: held };
    case "file-lock":
      return { cause: "file-lock", confidence: held };
    case "connect":
      return { cause: "net-connect", confidence: held };
    case "accept":
      return { cause: "net-accept", confidence: held };
    case "sleep":
      return { cause: "sleep", confidence: held };
    case "signal":
      return { cause: "signal-wait", confidence: held };
    case "watch":
      return { cause: "child-wait", confidence: held };
    case "loop":
      return loopCause(
        stand.loop,
        stand.tasks,
        idleWorker(process) === undefined ? wait.timeoutMs : undefined,
      );
    case "moving":
    case "ended":
    case "other":
      return { cause: "unknown", confidence: "guess" };
  }
}

/** A debugger at work stops what it traces again and again, and so may whoever sends the signals. */
function isStoppedForGood({ thread, wait }: Stand, watched: boolean): boolean {
  const { states, wakeups = 0 } = thread;
  const isAlways = /^(T+|t+)$/.test(states) && wakeups === 0;
  return isAlways && (watched || (wait.kind === "stopped" && !wait.byDebugger));
}

/** Locks are somebody's to release; an item, a result or a message is somebody's work. */
function innerCause(what: InnerWait): Cause {
  return what === "queue" || what === "future" || what === "channel" ? "worker-wait" : "lock-wait";
}

function streamCause(index: TreeIndex, stand: Stand, file: FdFacts, direction: "read" | "write"): Cause {
  if (direction === "read" && isUnfedInput(index, stand.process, file)) return "stdin-wait";
  switch (file.kind) {
    case "tcp":
    case "udp":
    case "socket":
      return direction === "read" ? "net-read" : "pipe-write";
    case "pipe":
    case "fifo":
    case "unix":
      return direction === "read" ? "pipe-read" : "pipe-write";
    case "terminal":
      return "pipe-write";
    default:
      return "unknown";
  }
}

function loopCause(
  loop: LoopReading | undefined,
  tasks: TaskReading | undefined,
  timeoutMs: number | undefined,
): CauseReading {
  const isUnclear = loop === undefined || loop.rivals > 0 || tasks?.hasRivals === true;
  const confidence = isUnclear ? "guess" : "likely";
  const focus = loop?.focus ?? { role: "nothing" };
  switch (focus.role) {
    case "connecting":
      return { cause: "net-connect", confidence };
    case "writer":
      return { cause: "pipe-write", confidence };
    case "stdin":
      return { cause: "stdin-wait", confidence };
    case "client":
      return { cause: focus.file.kind === "unix" ? "pipe-read" : "net-read", confidence };
    case "listening":
      return { cause: "net-accept", confidence };
    case "pipe":
      return { cause: "pipe-read", confidence };
    case "watch":
    case "child":
      return { cause: "child-wait", confidence };
    case "signal":
      return { cause: "signal-wait", confidence };
    case "timer":
      return { cause: "sleep", confidence };
    case "nothing":
      if (tasks !== undefined) return taskCause(tasks);
      // A short timer that comes again and again is what the loop does while it waits for something it looks at itself.
      return {
        cause: timeoutMs === undefined || timeoutMs === 0 ? "worker-wait" : "sleep",
        confidence: "guess",
      };
  }
}

/** Where the kernel shows nothing that could wake the loop from outside. */
function taskCause({ wait, hasRivals }: TaskReading): CauseReading {
  const confidence = hasRivals ? "guess" : "likely";
  switch (wait) {
    case "sleep":
      return { cause: "sleep", confidence };
    case "child":
      return { cause: "child-wait", confidence };
    case "clients":
      return { cause: "net-accept", confidence };
    case "signal":
      return { cause: "signal-wait", confidence };
    case "connect":
    case "stream":
    case "nothing":
      return { cause: "worker-wait", confidence: "guess" };
    default:
      return { cause: "worker-wait", confidence };
  }
}
