import type { FdFacts } from "../facts.ts";
import type { TaskFacts } from "../language_facts.ts";
import type { Stand } from "./stand.ts";
import { isUnfedInput } from "./streams.ts";
import { isOfLibrary, type TaskReading } from "./task_focus.ts";
import { taskWait } from "./task_wait.ts";
import type { InnerWait, LoopHandle, ThreadWait } from "./thread_wait.ts";
import type { TreeIndex } from "./tree_index.ts";

/** A runtime's threads sleep for less than this between looks for work. */
const TICK_MS = 2000;
const POLLED: ReadonlySet<FdFacts["kind"]> = new Set(["tcp", "udp", "unix", "pipe", "fifo"]);

/**
 * What a program waits for whose runtime moves its goroutines or virtual threads between threads. An idle thread is
 * parked in a futex or polls for all of them, so the one that matters tells the wait, unless a thread is in a call that
 * waits by itself.
 *
 * @param kernel what the threads show
 * @param reading the goroutine or virtual thread that matters
 * @returns the wait to tell instead; undefined when what the threads show stands
 */
export function goWait(kernel: Stand, reading: TaskReading): ThreadWait | undefined {
  const { wait, process } = kernel;
  if (!isIdleRuntime(wait)) return undefined;
  const timeoutMs = wait.kind === "loop" ? wait.timeoutMs : undefined;
  const inner = (what: InnerWait): ThreadWait => ({ kind: "inner", what, owners: [] });
  switch (reading.wait) {
    case "sleep":
      return { kind: "sleep", durationMs: timeoutMs };
    case "lock":
      return inner(lockKind(reading.task.waitsFor ?? ""));
    case "message":
      return inner("channel");
    case "future":
      return reading.task.kind === "virtual-thread" ? inner("future") : undefined;
    case "connect":
    case "stream":
    case "clients":
      if (wait.kind === "loop") return undefined;
      return { kind: "loop", handles: polledFiles(process.fds), isEpoll: true };
    default:
      return undefined;
  }
}

/**
 * Whether a thread that reads the input does so beside what the program waits for: a goroutine of its own looks for keys
 * while the main one waits for others.
 *
 * @param index the tree
 * @param stand where the thread stands
 * @returns `alone` when there is no other goroutine that the main one could wait for; undefined when it is the main one
 */
export function readsBeside(index: TreeIndex, { wait, process }: Stand): "alone" | "others" | undefined {
  if (wait.kind !== "stream" || wait.direction !== "read") return undefined;
  const [main, ...others] = process.tasks ?? [];
  if (main === undefined || !isUnfedInput(index, process, wait.file)) return undefined;
  if (!["lock", "message"].includes(taskWait(main))) return undefined;
  const isAwaitable = (task: TaskFacts): boolean =>
    !isOfLibrary(task) && task.waitsFor !== undefined && !["nothing", "stream"].includes(taskWait(task));
  return others.some(isAwaitable) ? "others" : "alone";
}

function isIdleRuntime(wait: ThreadWait): boolean {
  switch (wait.kind) {
    case "lock":
      return wait.ownerTid === undefined;
    case "inner":
      return wait.owners.length === 0;
    case "sleep":
      return wait.durationMs !== undefined && wait.durationMs < TICK_MS;
    case "loop":
    case "ended":
    case "moving":
    case "other":
      return true;
    default:
      return false;
  }
}

function lockKind(waitsFor: string): InnerWait {
  if (/WaitGroup|Latch/.test(waitsFor)) return "latch";
  if (/Cond/.test(waitsFor)) return "condition";
  return /semaphore/i.test(waitsFor) ? "semaphore" : "lock";
}

/** No thread of it polls at the moment, but one will. */
function polledFiles(fds: readonly FdFacts[]): readonly LoopHandle[] {
  return fds.filter(({ kind }) => POLLED.has(kind)).map((file) => ({ file, events: ["read"] }));
}
