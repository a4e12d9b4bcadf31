import type { ProcessFacts } from "../facts.ts";
import type { TaskFacts } from "../language_facts.ts";
import { findCircle } from "./find_circle.ts";
import { isLibrary } from "./source_place.ts";
import { taskSleepMs, type TaskWait, taskWait } from "./task_wait.ts";

/** The task of a process that explains its wait best. */
export interface TaskReading {
  readonly task: TaskFacts;
  readonly wait: TaskWait;
  /** Tasks that wait for each other, each for the next; `task` is the first. */
  readonly circle?: readonly TaskFacts[] | undefined;
  /** Whether others could be the explanation just as well. */
  readonly hasRivals: boolean;
  /** False when no task waits for anything outside the process, so that what its loop has open explains nothing. */
  readonly mayBeOutside: boolean;
  /** Whether some task sleeps. */
  readonly sleeps: boolean;
}

/** What somebody else owes explains more than what the program owes itself, and that more than what it offers. */
const WORTH: Readonly<Record<TaskWait, number>> = {
  connect: 60,
  stream: 55,
  child: 50,
  thread: 45,
  sleep: 40,
  future: 30,
  lock: 25,
  message: 20,
  clients: 10,
  signal: 5,
  nothing: 1,
};
/** From here on a task waits for something that is not the doing of another task. */
const OWED = 40;
const OUTSIDE: ReadonlySet<TaskWait> = new Set(["connect", "stream", "future", "clients"]);
/** A sleep that is shorter than this share of the process's age comes again and again beside what it waits for. */
const SLEEP_SHARE = 0.5;

/**
 * Finds the task that matters: the main one's chain of tasks is followed to its end; of several ends, and of tasks beside
 * a main one that waits for its own kind, the one that is owed something from outside.
 *
 * @param process whose tasks
 * @param tid the thread whose tasks are meant; all when undefined
 * @returns undefined when it has none
 */
export function readTasks(process: ProcessFacts, tid: number | undefined): TaskReading | undefined {
  const isMeant = (task: TaskFacts): boolean =>
    task.kind !== "worker" && (tid === undefined || task.kind !== "virtual-thread") &&
    (tid === undefined || task.tid === undefined || task.tid === tid);
  const tasks = (process.tasks ?? []).filter(isMeant);
  // JavaScript has no main task; Go's is never of a library.
  const main = tasks.find((task) => !isOfLibrary(task)) ?? tasks[0];
  if (main === undefined) return undefined;
  const waits = new Map(tasks.map((task) => [task, taskWait(task)]));
  const onTasks = awaitedTasks(tasks);
  const all = [...waits.values()];
  const common = {
    mayBeOutside: all.some((wait) => OUTSIDE.has(wait)),
    sleeps: all.includes("sleep"),
  };
  const circle = findCircle(onTasks);
  if (circle !== undefined) {
    return { task: circle[0]!, wait: waits.get(circle[0]!)!, circle, hasRivals: false, ...common };
  }
  // No virtual thread is the main one: that is a thread of the kernel's.
  const hasMain = main.kind !== "virtual-thread";
  const reached = hasMain
    ? endsFrom(main, onTasks)
    : tasks.filter((task) => task === main || onTasks.get(task)!.length === 0);
  const isOnItsOwn = hasMain && reached[0] === main;
  const others = isOnItsOwn ? tasks.filter((task) => task !== main && onTasks.get(task)!.length === 0) : [];
  const worth = (task: TaskFacts): number => worthOf(process, task, waits.get(task)!);
  // A task that is owed something explains a main one that waits for its own kind.
  const candidates = [...reached, ...others.filter((task) => worth(task) >= OWED)];
  const best = candidates.reduce((one, other) => worth(other) > worth(one) ? other : one);
  const wait = waits.get(best)!;
  const hasRivals = candidates.some((other) => waits.get(other) !== wait && worth(other) >= WORTH.message);
  return { task: best, wait, hasRivals, ...common };
}

function awaitedTasks(tasks: readonly TaskFacts[]): ReadonlyMap<TaskFacts, readonly TaskFacts[]> {
  const byId = new Map(tasks.map((task) => [task.id, task]));
  return new Map(tasks.map((task) => [task, (task.onIds ?? []).flatMap((id) => byId.get(id) ?? [])]));
}

/** The tasks at the ends of the chains that begin at one. */
function endsFrom(
  start: TaskFacts,
  onTasks: ReadonlyMap<TaskFacts, readonly TaskFacts[]>,
): readonly TaskFacts[] {
  const ends: TaskFacts[] = [];
  const seen = new Set([start]);
  const pending = [start];
  for (let task = pending.pop(); task !== undefined; task = pending.pop()) {
    const next = onTasks.get(task)!;
    if (next.length === 0) ends.push(task);
    for (const other of next) {
      if (seen.has(other)) continue;
      seen.add(other);
      pending.push(other);
    }
  }
  return ends;
}

/**
 * Whether a task runs nothing of the program's own, as goroutines that read the connections of an HTTP client do, or the
 * functions of a test runner that await a test.
 *
 * @param task the goroutine or async function
 */
export function isOfLibrary({ kind, language, frames }: TaskFacts): boolean {
  return (kind === "goroutine" || language === "javascript") && frames.length > 0 && frames.every(isLibrary);
}

function worthOf(process: ProcessFacts, task: TaskFacts, wait: TaskWait): number {
  if (wait === "sleep") {
    const durationMs = taskSleepMs(task);
    const isPause = durationMs !== undefined && durationMs < SLEEP_SHARE * process.ageMs;
    return isPause ? WORTH.message : WORTH.sleep;
  }
  // What a library does by itself, such as reading a connection that is kept open, is nobody's wait.
  return isOfLibrary(task) ? Math.min(WORTH[wait], WORTH.clients) : WORTH[wait];
}
