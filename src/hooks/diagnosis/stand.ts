import type { ProcessFacts, ThreadFacts } from "../facts.ts";
import type { LoopReading } from "./loop_reading.ts";
import type { TaskReading } from "./task_focus.ts";
import type { ThreadWait } from "./thread_wait.ts";

/** Where a process stands: the thread that matters and what it waits for. A node of the wait-for graph. */
export interface Stand {
  readonly process: ProcessFacts;
  readonly thread: ThreadFacts;
  readonly wait: ThreadWait;
  /** What a loop waits for. */
  readonly loop?: LoopReading | undefined;
  /** The task that matters, where the thread runs tasks and idles. */
  readonly tasks?: TaskReading | undefined;
  /** Why this thread, when it is not the main one or the one that another thread waits for. */
  readonly chosen?: string | undefined;
  /** Whether another reading of the same process is possible. */
  readonly isCertain: boolean;
}

/**
 * Whether a process waits for requests, as servers and watchers do, and owes nobody its end.
 *
 * @param stand where it stands
 */
export function isIdleService({ wait, loop }: Stand): boolean {
  return wait.kind === "accept" || loop?.focus.role === "listening";
}
