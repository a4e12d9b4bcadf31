import type { Facts, ProcessFacts, ThreadFacts } from "../facts.ts";
import { isAwake } from "./is_awake.ts";
import { isHelperThread } from "./helper_thread.ts";
import { languageWait } from "./language_wait.ts";
import { type LoopReading, readLoop } from "./loop_focus.ts";
import { isPipeLike, otherEnds } from "./streams.ts";
import { type ThreadWait, threadWait } from "./thread_wait.ts";
import type { ThreadPlace, TreeIndex } from "./tree_index.ts";

/** Where a process stands: the thread that matters and what it waits for. A node of the wait-for graph. */
export interface Stand {
  readonly process: ProcessFacts;
  readonly thread: ThreadFacts;
  readonly wait: ThreadWait;
  /** What a loop waits for. */
  readonly loop?: LoopReading | undefined;
  /** Why this thread, when it is not the main one or the one that another thread waits for. */
  readonly chosen?: string | undefined;
  /** Whether another reading of the same process is possible. */
  readonly isCertain: boolean;
}

/** Tells where processes stand. */
export interface Stands {
  /** Undefined for a process that has ended, is not of the tree or shows no thread. */
  of(pid: number): Stand | undefined;
  /** Where one thread stands; like `of`, it may lead to another thread when this one only idles. */
  ofThread(process: ProcessFacts, thread: ThreadFacts): Stand;
  /** Where one thread stands itself, whatever the others do. */
  ofThreadItself(process: ProcessFacts, thread: ThreadFacts): Stand;
}

/** A sleep or poll below this is a look at something every so often, not a wait for the time to pass. */
const TICK_MS = 2000;
/** Above this a thread is stuck in something that no idle helper does. */
const ABNORMAL = 80;

/** Who sleeps until SIGCHLD and has children waits for them: dash's `wait`, GNU timeout. */
function asChildWait(wait: ThreadWait, hasChildren: boolean): ThreadWait {
  return hasChildren && wait.kind === "signal" && wait.signals.includes("SIGCHLD") ? { kind: "child" } : wait;
}

/**
 * Finds the thread that matters in each process: the main thread if it waits for something definite, else the one
 * whose wait explains most.
 *
 * @param index the tree
 */
export function createStands(index: TreeIndex): Stands {
  const memo = new Map<number, Stand | undefined>();
  const isService = (pid: number): boolean => {
    const stand = of(pid);
    return stand !== undefined && isIdleService(stand);
  };
  const threads = new Map<ThreadFacts, Stand>();
  const plain = (process: ProcessFacts, thread: ThreadFacts): Stand => {
    const known = threads.get(thread);
    if (known !== undefined) return known;
    const kernel = asChildWait(threadWait(process, thread), index.liveChildren(process.pid).length > 0);
    const wait = languageWait(index, process, thread, kernel);
    const loop = wait.kind === "loop" ? readLoop(index, process, wait, isService) : undefined;
    const stand = { process, thread, wait, loop, isCertain: loop === undefined };
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
      .map((stand) => ({ stand, score: score(index, stand) }))
      .filter((candidate) => candidate.score >= threshold)
      .sort((a, b) => b.score - a.score);
    const best = others[0];
    if (best === undefined) return first;
    const which = thread.tid === process.pid ? "Its main thread" : `Its thread ${thread.tid}`;
    const chosen = `${which} only ${
      idleWords(first.wait)
    }; of the other threads this one's wait explains most`;
    return { ...best.stand, chosen, isCertain: false };
  };
  const of = (pid: number): Stand | undefined => {
    if (memo.has(pid)) return memo.get(pid);
    // While it is being looked at: a loop of parents in wrong facts must end.
    memo.set(pid, undefined);
    const process = index.live(pid);
    // The main thread may end before the others.
    const main = process?.threads.find(({ states }) => !/[ZX]$/.test(states)) ?? process?.threads[0];
    const stand = process === undefined || main === undefined ? undefined : ofThread(process, main);
    memo.set(pid, stand);
    return stand;
  };
  // Children first, so that a deep tree does not become a deep recursion.
  for (const process of index.facts.processes.toReversed()) of(process.pid);
  return { of, ofThread, ofThreadItself: plain };
}

/**
 * Whether a process waits for requests, as servers and watchers do, and owes nobody its end.
 *
 * @param stand where it stands
 */
export function isIdleService({ wait, loop }: Stand): boolean {
  return wait.kind === "accept" || loop?.focus.role === "listening";
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

/** The score another thread needs to be the better explanation; undefined when none can be. */
function replaceableBelow(index: TreeIndex, { wait, loop, thread, process }: Stand): number | undefined {
  if (process.threads.length === 1) return undefined;
  switch (wait.kind) {
    case "lock":
      return wait.ownerTid === undefined ? 1 : undefined;
    case "inner":
      return wait.owners.length === 0 ? 1 : undefined;
    case "loop":
      return loop !== undefined && ["connecting", "client", "child", "stdin"].includes(loop.focus.role)
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

/** How much a thread's wait explains when the main thread's explains nothing. 0: idle. */
function score(index: TreeIndex, { wait, loop, thread, process }: Stand): number {
  const isHelper = isHelperThread(thread.name);
  switch (wait.kind) {
    case "busy":
      return isHelper ? 95 : 100;
    case "fifo-open":
      return 92;
    case "file-lock":
      return 90;
    case "disk":
      return 85;
    case "connect":
      return 75;
    case "stream":
      return scoreStream(process.pid, wait);
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

function scoreStream(pid: number, wait: Extract<ThreadWait, { kind: "stream" }>): number {
  const ends = otherEnds(wait.file, wait.direction);
  // A pipe to itself is how a runtime wakes its own thread.
  if (isPipeLike(wait.file) && ends.length > 0 && ends.every((end) => end === pid)) return 0;
  if (wait.direction === "write") return 65;
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
