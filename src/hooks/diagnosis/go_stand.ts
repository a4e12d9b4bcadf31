import type { FdFacts } from "../facts.ts";
import type { Stand } from "./stand.ts";
import type { TaskReading } from "./task_focus.ts";
import type { InnerWait, LoopHandle, ThreadWait } from "./thread_wait.ts";

/** A runtime's threads sleep for less than this between looks for work. */
const TICK_MS = 2000;
const POLLED: ReadonlySet<FdFacts["kind"]> = new Set(["tcp", "udp", "unix", "pipe", "fifo"]);

/**
 * What a Go program waits for. Its threads are the runtime's: an idle one is parked in a futex or polls for all
 * goroutines, so the goroutine that matters tells the wait, unless a thread is in a call that waits by itself.
 *
 * @param kernel what the threads show
 * @param reading the goroutine that matters
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
    case "connect":
    case "stream":
    case "clients":
      if (wait.kind === "loop") return undefined;
      return { kind: "loop", handles: polledFiles(process.fds), isEpoll: true };
    default:
      return undefined;
  }
}

function isIdleRuntime(wait: ThreadWait): boolean {
  switch (wait.kind) {
    case "lock":
      return wait.ownerTid === undefined;
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
  if (/WaitGroup/.test(waitsFor)) return "latch";
  if (/Cond/.test(waitsFor)) return "condition";
  return /semaphore/.test(waitsFor) ? "semaphore" : "lock";
}

/** No thread of it polls at the moment, but one will. */
function polledFiles(fds: readonly FdFacts[]): readonly LoopHandle[] {
  return fds.filter(({ kind }) => POLLED.has(kind)).map((file) => ({ file, events: ["read"] }));
}
