import type { ProcessFacts } from "../facts.ts";
import type { TaskFacts } from "../language_facts.ts";
import type { LoopReading } from "./loop_reading.ts";
import { otherEnds } from "./streams.ts";
import { isOfLibrary, type TaskReading } from "./task_focus.ts";
import { type TaskWait, taskWait } from "./task_wait.ts";

/** Functions of servers that call what a program does for a request. */
const SERVES = /\bServeHTTP$|\)\.serve$|\)\.serveStreams\b|\)\.ServeConn$/;
/** What a task can wait for inside its process. */
const INSIDE: readonly TaskWait[] = ["lock", "message"];

/**
 * The task that keeps a program waiting which is client and server in one: the other end of its connection is its own.
 *
 * @param process the program
 * @param reading the task that waits for the answer
 * @param loop the connection that it waits for
 * @returns the task that serves the request, else one that holds up others; undefined when the server is elsewhere, or no
 * task waits for anything inside the process
 */
export function servingTask(
  process: ProcessFacts,
  reading: TaskReading,
  loop: LoopReading | undefined,
): TaskReading | undefined {
  if (loop?.focus.role !== "client") return undefined;
  const ends = otherEnds(loop.focus.file, "read");
  if (ends.length === 0 || ends.some((pid) => pid !== process.pid)) return undefined;
  const held = (process.tasks ?? []).filter((task) =>
    task !== reading.task && !isOfLibrary(task) && INSIDE.includes(taskWait(task))
  );
  const serving = held.find(isServing);
  const task = serving ?? held.find((other) => taskWait(other) === "lock") ?? held[0];
  if (task === undefined) return undefined;
  return { ...reading, task, wait: taskWait(task), circle: undefined, hasRivals: serving === undefined };
}

function isServing({ frames }: TaskFacts): boolean {
  return frames.some((frame) => SERVES.test(frame.function));
}
