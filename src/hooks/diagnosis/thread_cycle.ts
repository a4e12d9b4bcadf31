import type { Facts, ProcessFacts, ThreadFacts } from "../facts.ts";
import { isAwake } from "./is_awake.ts";
import { findCircle } from "./find_circle.ts";
import { findStarvedPool } from "./starved_pool.ts";
import type { Stand } from "./stand.ts";
import type { WaitEdge, WaitGraph } from "./wait_graph.ts";

/** Threads of one process that wait for each other's locks. */
export interface ThreadCycle {
  readonly process: ProcessFacts;
  /** In order of the waits; the last waits for the first. One thread can wait for itself. */
  readonly threads: readonly ThreadFacts[];
  /**
   * `read`: who holds the locks; `inferred`: from the blocks that the threads are in; `stacks`: these are all locking;
   * `pool`: a pool of threads that all wait for work of others, with nobody left to do it.
   */
  readonly basis: "read" | "inferred" | "stacks" | "pool";
}

/** Functions in which a thread waits for a mutex, a write or a read lock and for nothing else. */
const LOCKING = [
  /^_*(GI_+)?(lll_lock_wait\w*|pthread_mutex_(lock|timedlock|clocklock)\w*|pthread_rwlock_\w*lock\w*)$/,
  /sync::(\w+::)*(mutex|rwlock)::.*(lock_contended|read_contended|write_contended)/,
  /Mutex.*::lock_contended|RwLock.*::(read|write)_contended|RawMutex::lock_slow|RawRwLock::lock_\w+_slow/,
  /^(_?PyMutex_Lock\w*|std::mutex::lock|std::recursive_mutex::lock|std::shared_mutex::\w*lock\w*)/,
];
/** How deep under the innermost frame such a function is looked for. */
const LOCKING_DEPTH = 6;

/**
 * Finds threads of a process that wait in a circle: by the owners of their locks, else by their stacks alone.
 *
 * @param graph the wait-for graph
 * @param process where to look
 * @returns the cycle; undefined when there is none
 */
export function findThreadCycle(graph: WaitGraph, process: ProcessFacts): ThreadCycle | undefined {
  return findOwnedCycle(graph, process) ?? findStarved(graph, process) ??
    findLikelyCycle(graph.index.facts, process);
}

function findStarved({ stands }: WaitGraph, process: ProcessFacts): ThreadCycle | undefined {
  const threads = findStarvedPool(process, (thread) => stands.ofThreadItself(process, thread));
  return threads === undefined ? undefined : { process, threads, basis: "pool" };
}

function findOwnedCycle(graph: WaitGraph, process: ProcessFacts): ThreadCycle | undefined {
  const stands = process.threads.map((thread) => graph.stands.ofThreadItself(process, thread))
    .filter((stand) => isHeldUp(graph.index.facts, stand));
  if (stands.length === 0) return undefined;
  const edges = stands.map((stand) => [stand.thread, threadEdges(graph, stand)] as const);
  const along = (isUsed: (edge: WaitEdge) => boolean): readonly ThreadFacts[] | undefined =>
    findCircle(
      new Map(edges.map(([thread, all]) => [thread, all.filter(isUsed).map((edge) => edge.to.thread)])),
    );
  const certain = along((edge) => edge.isCertain);
  const threads = certain ?? along(() => true);
  if (threads === undefined) return undefined;
  const endsByItself = stands.some(({ thread, wait }) =>
    threads.includes(thread) && "timeoutMs" in wait && wait.timeoutMs !== undefined
  );
  return { process, threads, basis: certain === undefined || endsByItself ? "inferred" : "read" };
}

/** Whether a thread waits for others of its process, and did so in every look. */
function isHeldUp(facts: Facts, { thread, wait }: Stand): boolean {
  switch (wait.kind) {
    case "join":
      return true;
    case "lock":
      // The owner is read a moment after the call: of a lock that is passed on it may be the thread itself.
      return wait.ownerTid !== undefined && isStill(facts, thread);
    case "inner":
      // What a runtime says of all its threads at one moment needs no second look.
      return wait.owners.length > 0 &&
        (wait.timeoutMs !== undefined || (thread.language?.wait?.ownerTids ?? []).length > 0 ||
          isStill(facts, thread));
    default:
      return false;
  }
}

function threadEdges(graph: WaitGraph, stand: Stand): readonly WaitEdge[] {
  return graph.edges(stand).filter((edge) =>
    edge.isDirect && edge.to.process === stand.process && (edge.kind === "mutex" || edge.kind === "join")
  );
}

/**
 * Where owners cannot be read (Rust's locks do not keep any): two or more threads inside a lock function, on different
 * locks, and no other thread that runs, sleeps or is in input or output and so might still release one.
 */
function findLikelyCycle(facts: Facts, process: ProcessFacts): ThreadCycle | undefined {
  const lockers = process.threads.filter((thread) => isLocking(thread) && isStill(facts, thread));
  const addresses = new Set(lockers.map((thread) => thread.language?.wait?.on?.id ?? futexAddress(thread)));
  if (lockers.length < 2 || addresses.size < 2) return undefined;
  const rest = process.threads.filter((thread) =>
    !lockers.includes(thread) && thread.language?.isInternal !== true
  );
  if (!rest.every((thread) => futexAddress(thread) !== undefined && isStill(facts, thread))) return undefined;
  return { process, threads: lockers, basis: "stacks" };
}

/** Of a thread whose runtime tells what it waits for, nothing is to be guessed. */
function isLocking(thread: ThreadFacts): boolean {
  if (futexAddress(thread) === undefined) return false;
  const told = thread.language?.wait;
  if (told !== undefined) {
    return told.kind === "lock" && told.on !== undefined && told.timeoutMs === undefined;
  }
  return thread.stacks.some((stack) =>
    stack.language === "native" &&
    stack.frames.slice(0, LOCKING_DEPTH).some((frame) =>
      LOCKING.some((pattern) => pattern.test(frame.function))
    )
  );
}

/** Asleep in every look, and never awake in between. */
function isStill(facts: Facts, thread: ThreadFacts): boolean {
  return /^S+$/.test(thread.states) && !isAwake(facts, thread);
}

function futexAddress(thread: ThreadFacts): string | undefined {
  const wait = thread.syscall?.wait;
  return wait?.kind === "futex" ? wait.address : undefined;
}
