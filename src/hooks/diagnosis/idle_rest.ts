import type { ProcessFacts, ThreadFacts } from "../facts.ts";
import { forkedFrom } from "./gone_owner.ts";
import { isHelperThread } from "./helper_thread.ts";
import type { Stand } from "./stand.ts";
import { isOfLibrary, type TaskReading } from "./task_focus.ts";
import { taskWait } from "./task_wait.ts";
import type { WaitGraph } from "./wait_graph.ts";

/**
 * Who of its own process could still end a wait for an item, a result or a signal: nobody, when the other threads wait
 * themselves.
 *
 * @param graph the wait-for graph
 * @param stand where the thread to blame stands
 * @returns the end of a sentence; empty where another thread is at work, or somebody is known to hold what is awaited
 */
export function idleRest({ index, stands }: WaitGraph, { process, thread, wait, tasks }: Stand): string {
  const isInside = (wait.kind === "inner" && wait.owners.length === 0) ||
    (wait.kind === "lock" && wait.ownerTid === undefined && !wait.isMutex && thread.language !== undefined);
  if (!isInside) return "";
  if (tasks !== undefined) return idleTasks(process, tasks);
  const parent = wait.kind === "inner" && wait.what === "lock" ? forkedFrom(index, process) : undefined;
  if (parent !== undefined) {
    return `; it was forked from ${
      index.label(parent.pid)
    }, and a lock that another thread held at that moment stays locked in the child for ever`;
  }
  const others = process.threads.filter((other) => other !== thread && isOfProgram(other))
    .map((other) => stands.ofThreadItself(process, other).wait)
    .filter((other) => other.kind !== "ended" && !(other.kind === "join" && other.tid === thread.tid));
  if (others.length === 0) return "; it has no other thread that could end this wait";
  const isIdle = others.every((other) =>
    other.kind === "lock" || other.kind === "join" || other.kind === "inner"
  );
  if (!isIdle) return "";
  const isForWork = others.every((other) => other.kind === "inner" && other.what === "queue");
  const count = others.length === 1 ? "its other thread" : `its ${others.length} other threads`;
  const verb = others.length === 1 ? "waits" : "wait";
  return `; ${count} ${
    isForWork ? `only ${verb} for work` : `${verb} too`
  }, so that nobody in it is left who could end this wait`;
}

function idleTasks(process: ProcessFacts, { task, hasRivals, sleeps, mayBeOutside }: TaskReading): string {
  if (hasRivals || sleeps || mayBeOutside || task.kind !== "goroutine") return "";
  const others = (process.tasks ?? []).filter((other) => other !== task && !isOfLibrary(other));
  const count = others.reduce((sum, other) => sum + other.count, 0);
  if (others.some((other) => taskWait(other) === "nothing")) return "";
  if (count === 0) return "; it has no other goroutine that could end this wait";
  return count === 1
    ? "; its other goroutine waits too, so that nobody in it is left who could end this wait"
    : `; its ${count} other goroutines wait too, so that nobody in it is left who could end this wait`;
}

function isOfProgram({ language, name }: ThreadFacts): boolean {
  return language === undefined ? !isHelperThread(name) : language.isInternal !== true;
}
