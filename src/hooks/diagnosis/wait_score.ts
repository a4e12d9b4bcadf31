import type { Facts, ProcessFacts, ThreadFacts } from "../facts.ts";
import { isHelperThread } from "./helper_thread.ts";
import { isAwake } from "./is_awake.ts";
import type { LoopReading } from "./loop_reading.ts";
import type { Stand } from "./stand.ts";
import { isPipeLike, otherEnds } from "./streams.ts";
import type { ThreadWait } from "./thread_wait.ts";
import type { TreeIndex } from "./tree_index.ts";

/** A sleep or poll below this is a look at something every so often, not a wait for the time to pass. */
const TICK_MS = 2000;
/** Above this a thread is stuck in something that no idle helper does. */
const ABNORMAL = 80;

/**
 * The score another thread needs to be the better explanation.
 *
 * @param index the tree
 * @param stand where the first choice stands
 * @returns undefined when none can be
 */
export function replaceableBelow(
  index: TreeIndex,
  { wait, loop, tasks, thread, process }: Stand,
): number | undefined {
  if (process.threads.length === 1) return undefined;
  switch (wait.kind) {
    case "lock":
      return wait.ownerTid === undefined ? 1 : undefined;
    case "inner":
      if (wait.owners.length > 0) return undefined;
      // Who waits for one lock is not explained by who waits for another.
      return wait.what === "lock" ? 21 : 1;
    case "loop":
      // The task waits for what another thread does for it.
      if (tasks?.wait === "thread") return 1;
      return loop !== undefined &&
          ["connecting", "client", "child", "stdin", "writer"].includes(loop.focus.role)
        ? ABNORMAL
        : 25;
    case "sleep":
      return isTicking(index.facts, thread, wait.durationMs) ? 25 : undefined;
    case "accept":
    case "signal":
      return isTicking(index.facts, thread, undefined) ? ABNORMAL : undefined;
    case "ended":
    case "moving":
    case "other":
    case "ipc":
      return 1;
    default:
      return undefined;
  }
}

/**
 * How much a thread's wait explains when the main thread's explains nothing.
 *
 * @param index the tree
 * @param stand where the thread stands
 * @returns 0 for an idle one, to 100 for a busy one
 */
export function waitScore(index: TreeIndex, { wait, loop, thread, process }: Stand): number {
  const isHelper = isHelperThread(thread.name);
  switch (wait.kind) {
    case "busy":
      return isHelper ? 95 : 100;
    case "fifo-open":
      return 92;
    case "stopped":
      return 88;
    case "file-lock":
      return 90;
    case "disk":
      return 85;
    case "connect":
      return 75;
    case "stream":
      return scoreStream(index, process, wait);
    case "vfork":
    case "child":
      return 60;
    case "lock":
      return wait.ownerTid === undefined ? 0 : 58;
    case "inner":
      return isHelper ? 0 : scoreInner(wait);
    case "loop":
      return scoreLoop(loop, wait.isEpoll, isHelper);
    case "sleep":
      return isHelper || isTicking(index.facts, thread, wait.durationMs) ? 0 : 30;
    default:
      return 0;
  }
}

function scoreStream(
  index: TreeIndex,
  { pid, ppid }: ProcessFacts,
  wait: Extract<ThreadWait, { kind: "stream" }>,
): number {
  const ends = otherEnds(wait.file, wait.direction);
  // A pipe to itself is how a runtime wakes its own thread.
  if (isPipeLike(wait.file) && ends.length > 0 && ends.every((end) => end === pid)) return 0;
  if (wait.direction === "write") return 65;
  // Beside a main thread that waits for something of its own, this one waits for what it is to do next.
  if (isPipeLike(wait.file) && index.live(ppid) !== undefined && ends.includes(ppid)) return 15;
  if (wait.file.kind === "tcp" || wait.file.kind === "udp") return 70;
  return 55;
}

/** Who waits at a queue or for a notification waits for work, as the idle threads of pools do. */
function scoreInner({ what, owners }: Extract<ThreadWait, { kind: "inner" }>): number {
  if (owners.length > 0) return 58;
  return what === "lock" || what === "latch" || what === "semaphore" || what === "future" ? 20 : 0;
}

function scoreLoop(loop: LoopReading | undefined, isEpoll: boolean, isHelper: boolean): number {
  switch (loop?.focus.role) {
    case "writer":
      return 46;
    case "connecting":
      return 45;
    case "client":
      return 44;
    case "stdin":
      return 42;
    case "child":
      return isHelper ? 0 : 41;
    // A multi-threaded runtime polls on behalf of its main thread; a plain server thread is a helper of the program.
    case "listening":
      return isEpoll ? 26 : 0;
    default:
      return 0;
  }
}

function isTicking(facts: Facts, thread: ThreadFacts, durationMs: number | undefined): boolean {
  if (durationMs !== undefined && durationMs < TICK_MS) return true;
  return isAwake(facts, thread);
}
