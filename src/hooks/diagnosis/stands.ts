import type { ProcessFacts, ThreadFacts } from "../facts.ts";
import { goWait, readsBeside } from "./go_stand.ts";
import { knownProgramWait } from "./known_program_wait.ts";
import { languageWait } from "./language_wait.ts";
import { readLoop } from "./loop_focus.ts";
import { orderCandidates } from "./order_candidates.ts";
import { servingTask } from "./own_server.ts";
import { polledLock } from "./polled_lock.ts";
import type { Stand } from "./stand.ts";
import { readTasks } from "./task_focus.ts";
import { taskWait } from "./task_wait.ts";
import { taskLabel, taskSentence } from "./task_words.ts";
import { type ThreadWait, threadWait } from "./thread_wait.ts";
import type { ThreadPlace, TreeIndex } from "./tree_index.ts";
import { replaceableBelow, waitScore } from "./wait_score.ts";

/** A thread that has nothing to do. */
const IDLE: ThreadWait = { kind: "other", text: "" };

/** Tells where processes stand. */
export interface Stands {
  /** Undefined for a process that has ended, is not of the tree or shows no thread. */
  of(pid: number): Stand | undefined;
  /** Where one thread stands; like `of`, it may lead to another thread when this one only idles. */
  ofThread(process: ProcessFacts, thread: ThreadFacts): Stand;
  /** Where one thread stands itself, whatever the others do. */
  ofThreadItself(process: ProcessFacts, thread: ThreadFacts): Stand;
}

/**
 * Finds the thread that matters in each process: the main thread if it waits for something definite, else the one
 * whose wait explains most.
 *
 * @param index the tree
 */
export function createStands(index: TreeIndex): Stands {
  const memo = new Map<number, Stand | undefined>();
  const childrenOf = (process: ProcessFacts): readonly Stand[] =>
    orderCandidates(
      index,
      process,
      index.liveChildren(process.pid).flatMap((child) => of(child.pid) ?? []),
    );
  const threads = new Map<ThreadFacts, Stand>();
  const plain = (process: ProcessFacts, thread: ThreadFacts): Stand => {
    const known = threads.get(thread);
    if (known !== undefined) return known;
    const kernel = knownProgramWait(index, process, threadWait(process, thread));
    const wait = languageWait(index, process, thread, kernel);
    const isLoop = wait.kind === "loop";
    const tasks = isLoop && !isGo(process) ? readTasks(process, thread.tid) : undefined;
    const loop = isLoop
      ? readLoop(index, process, wait, {
        children: childrenOf(process),
        tasks,
        isMain: thread.tid === process.pid,
      })
      : undefined;
    const stand = { process, thread, wait, loop, tasks, isCertain: loop === undefined };
    threads.set(thread, stand);
    return stand;
  };
  const ofThread = (process: ProcessFacts, thread: ThreadFacts): Stand => {
    const first = plain(process, thread);
    const threshold = replaceableBelow(index, first);
    if (threshold === undefined) return first;
    const others = process.threads
      .filter((other) => other.tid !== thread.tid && other.language?.isInternal !== true)
      .map((other) => plain(process, other))
      .filter((other) => !waitsFor(index, plain, other, thread.tid))
      .map((stand) => ({ stand, score: endScore(index, plain, stand) }))
      .filter((candidate) => candidate.score >= threshold)
      .sort((a, b) => b.score - a.score);
    const best = others[0] ?? onlyOther(process, first);
    if (best === undefined) return first;
    const which = thread.tid === process.pid ? "Its main thread" : `Its thread ${thread.tid}`;
    const chosen = first.tasks?.wait === "thread"
      ? taskSentence(first.tasks.task)
      : `${which} only ${idleWords(first.wait)}; of the other threads this one's wait explains most`;
    return { ...best.stand, chosen, isCertain: false };
  };
  /** A runtime that does not name the thread that is joined leaves no doubt when there is but one other. */
  const onlyOther = (
    process: ProcessFacts,
    { thread, wait }: Stand,
  ): { readonly stand: Stand } | undefined => {
    if (wait.kind !== "inner" || wait.what !== "join") return undefined;
    const others = process.threads.filter((other) =>
      other !== thread && other.language !== undefined && other.language.isInternal !== true
    );
    return others.length === 1 ? { stand: plain(process, others[0]!) } : undefined;
  };
  /** A runtime that moves its tasks between threads tells itself what they wait for. */
  const ofProgram = (seen: Stand): Stand => {
    const { process } = seen;
    if (!isGo(process) && !hasVirtualThreads(process)) return seen;
    const beside = isGo(process) ? readsBeside(index, seen) : undefined;
    const meant = beside === "others" ? withoutReaders(process) : process;
    const read = readTasks(meant, undefined);
    if (read === undefined) return seen;
    // Whoever reads the input may still end the wait when some comes.
    const tasks = beside === undefined ? read : { ...read, mayBeOutside: true };
    if (beside === "alone") return { ...seen, isCertain: false };
    const kernel = beside === "others" ? { ...seen, wait: IDLE } : seen;
    const wait = goWait(kernel, tasks);
    if (wait === undefined && kernel.loop === undefined) return kernel;
    const told = wait ?? kernel.wait;
    const loop = told.kind === "loop"
      ? readLoop(index, process, told, { children: childrenOf(process), tasks, isMain: true })
      : undefined;
    const thread = process.threads[0]!;
    const serving = servingTask(process, tasks, loop);
    const served = serving === undefined ? undefined : goWait(kernel, serving);
    if (served?.kind === "inner") {
      const chosen = `The server that its ${taskLabel(tasks.task)} waits for is in this same process`;
      return { process, thread, wait: served, tasks: serving, chosen, isCertain: false };
    }
    return { process, thread, wait: told, loop, tasks, isCertain: false };
  };
  const asPoller = (stand: Stand): Stand => {
    const wait = polledLock(index, stand);
    return wait === undefined ? stand : { ...stand, wait, isCertain: false };
  };
  const of = (pid: number): Stand | undefined => {
    if (memo.has(pid)) return memo.get(pid);
    // While it is being looked at: a loop of parents in wrong facts must end.
    memo.set(pid, undefined);
    const process = index.live(pid);
    // The main thread may end before the others.
    const main = process?.threads.find(({ states }) => !/[ZX]$/.test(states)) ?? process?.threads[0];
    const stand = process === undefined || main === undefined
      ? undefined
      : asPoller(ofProgram(ofThread(process, main)));
    memo.set(pid, stand);
    return stand;
  };
  // Children first, so that a deep tree does not become a deep recursion.
  for (const process of index.facts.processes.toReversed()) of(process.pid);
  return { of, ofThread, ofThreadItself: plain };
}

function hasVirtualThreads({ tasks = [] }: ProcessFacts): boolean {
  return tasks.some(({ kind }) => kind === "virtual-thread");
}

function withoutReaders(process: ProcessFacts): ProcessFacts {
  return { ...process, tasks: process.tasks?.filter((task) => taskWait(task) !== "stream") };
}

function isGo({ tasks = [] }: ProcessFacts): boolean {
  return tasks[0]?.kind === "goroutine";
}

/** Whether a thread waits for another one, directly or through owners of locks: then it explains nothing about that one. */
function waitsFor(
  index: TreeIndex,
  plain: (process: ProcessFacts, thread: ThreadFacts) => Stand,
  stand: Stand,
  tid: number,
): boolean {
  const met = new Set<number>();
  for (let current: Stand | undefined = stand; current !== undefined && !met.has(current.thread.tid);) {
    met.add(current.thread.tid);
    const next = awaitedTid(current.wait);
    if (next === tid) return true;
    const place: ThreadPlace | undefined = next === undefined ? undefined : index.thread(next);
    current = place === undefined ? undefined : plain(place.process, place.thread);
  }
  return false;
}

/** Who waits for an idle thread explains no more than that one. */
function endScore(
  index: TreeIndex,
  plain: (process: ProcessFacts, thread: ThreadFacts) => Stand,
  stand: Stand,
): number {
  const score = waitScore(index, stand);
  const met = new Set<number>();
  let end = stand;
  for (let next = awaitedTid(end.wait); next !== undefined; next = awaitedTid(end.wait)) {
    // A circle is a reason of its own.
    if (met.has(next)) return score;
    met.add(next);
    const place = index.thread(next);
    if (place === undefined) return score;
    end = plain(place.process, place.thread);
  }
  return end === stand || waitScore(index, end) > 0 ? score : 0;
}

function awaitedTid(wait: ThreadWait): number | undefined {
  switch (wait.kind) {
    case "join":
      return wait.tid;
    case "lock":
      return wait.ownerTid;
    case "inner":
      return wait.owners[0]?.tid;
    default:
      return undefined;
  }
}

function idleWords(wait: ThreadWait): string {
  switch (wait.kind) {
    case "lock":
    case "inner":
      return "waits for other threads";
    case "loop":
      return "idles in its event loop";
    case "sleep":
      return "sleeps for moments";
    case "ended":
      return "has ended";
    default:
      return "waits";
  }
}
