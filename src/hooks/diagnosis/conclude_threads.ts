import type { ProcessFacts, ThreadFacts } from "../facts.ts";
import { lockName } from "../lock_name.ts";
import type { Conclusion } from "./conclusion.ts";
import { threadLabel } from "./thread_label.ts";
import { edgeNotes, leadIn } from "./lead_in.ts";
import { listAll } from "./list_all.ts";
import { frameText, ownFrames } from "./source_place.ts";
import type { ThreadCycle } from "./thread_cycle.ts";
import type { ThreadWait } from "./thread_wait.ts";
import type { Trail } from "./trace_waits.ts";
import type { WaitGraph } from "./wait_graph.ts";

/** Of a larger circle the rest looks the same. */
const THREADS_TOLD = 8;
/** A first sentence bears no more places than this. */
const PLACES_TOLD = 3;

/**
 * The conclusion when threads of the last process wait for each other's locks.
 *
 * @param graph the wait-for graph
 * @param trail from the started process to that process
 * @param cycle the threads
 */
export function concludeThreads(graph: WaitGraph, trail: Trail, cycle: ThreadCycle): Conclusion {
  const { process, threads, basis } = cycle;
  const name = graph.index.label(process.pid);
  const first = trail.steps.findIndex((step) => step.stand.process.pid === process.pid);
  const steps = trail.steps.slice(0, first + 1);
  const lead = leadIn(graph.index, steps);
  const evidence = threads.slice(0, THREADS_TOLD).map((_, position) => heldAndPlace(graph, cycle, position));
  if (basis === "stacks") {
    evidence.push("Who holds these locks cannot be read; no other thread is awake that could release them");
  } else if (basis === "pool") {
    evidence.push(
      "No other thread of it is at work, so what they wait for can only lie in the queue of this pool",
    );
  } else if (basis === "inferred") {
    evidence.push(
      "Not all of this was read for certain: some waits end by themselves, or holders are inferred",
    );
  }
  const subject = lead === "" ? `${name} hangs: its` : `${lead}${name}, whose`;
  return {
    cause: "deadlock",
    confidence: basis === "read" && !hasOthersAtWork(graph, cycle) ? "proven" : "likely",
    summary: isOfResults(graph, cycle)
      ? `${subject} ${
        listAll(threads.map((thread) => threadLabel(process, thread.tid).replace(/^the /, "")))
      } ${
        threads.length === 1
          ? "waits for a result of work that only it itself could do"
          : "wait for results of work that only they themselves could do"
      }${places(threads)}`
      : threads.length === 1
      ? `${lead}${name}${lead === "" ? "" : ", which"} ${selfWait(graph, process, threads[0]!)}${
        places(threads)
      }`
      : `${subject} ${
        listAll(threads.map((thread) => threadLabel(process, thread.tid).replace(/^the /, "")))
      } wait for each other${isOfLocks(graph, cycle) ? "'s locks" : ""}${places(threads)}`,
    culprit: { ...trail.steps[first]!.stand, thread: threads[0]! },
    threads,
    evidence: [...evidence, ...edgeNotes(steps)],
    steps,
    isCircular: true,
    advice: isOfResults(graph, cycle)
      ? "Give work that other work waits for a pool of its own, or do not wait for it inside the pool."
      : undefined,
  };
}

/** A program of which other threads are at work may go on without those that wait for each other. */
function hasOthersAtWork({ stands }: WaitGraph, { process, threads }: ThreadCycle): boolean {
  return process.threads.some((thread) =>
    !threads.includes(thread) && thread.language?.isInternal !== true &&
    ["busy", "moving"].includes(stands.ofThreadItself(process, thread).wait.kind)
  );
}

/** A pool whose threads wait for work that lies in its own queue. */
function isOfResults({ stands }: WaitGraph, { process, threads }: ThreadCycle): boolean {
  return threads.every((thread) => {
    const { wait } = stands.ofThreadItself(process, thread);
    return wait.kind === "inner" && wait.what === "future";
  });
}

function selfWait({ stands }: WaitGraph, process: ProcessFacts, thread: ThreadFacts): string {
  const { wait } = stands.ofThreadItself(process, thread);
  const what = wait.kind === "inner" && wait.on !== undefined ? lockName(wait.on) : "a mutex";
  return `waits for ${what} in ${threadLabel(process, thread.tid)}, which holds it itself`;
}

function isOfLocks({ stands }: WaitGraph, { process, threads }: ThreadCycle): boolean {
  return threads.every((thread) => {
    const { wait } = stands.ofThreadItself(process, thread);
    return wait.kind === "lock" || (wait.kind === "inner" && wait.what === "lock");
  });
}

/** Where in the source the threads are, each place once. */
function places(threads: readonly ThreadFacts[]): string {
  const found = new Set(threads.flatMap((thread) => ownFrames(thread, 1).map(frameText)));
  return found.size === 0 || found.size > PLACES_TOLD ? "" : `, at ${listAll([...found])}`;
}

/** What one of the threads holds and waits for, and where. It holds what the one before it in the circle waits for. */
function heldAndPlace(graph: WaitGraph, cycle: ThreadCycle, position: number): string {
  const { process, threads, basis } = cycle;
  const thread = threads[position]!;
  const label = threadLabel(process, thread.tid);
  const frames = ownFrames(thread, 3).map(frameText);
  const place = frames.length === 0 ? "" : `, at ${frames.join(", called by ")}`;
  const before = basis === "stacks" || basis === "pool" || isOfResults(graph, cycle)
    ? undefined
    : threads.at(position - 1)!;
  const held = before === undefined || before === thread
    ? undefined
    : lockOf(graph.stands.ofThreadItself(process, before).wait);
  const holds = held === undefined ? "" : ` holds ${held} and`;
  const next = threads[(position + 1) % threads.length]!;
  const wait = graph.stands.ofThreadItself(process, thread).wait;
  return `${label.charAt(0).toUpperCase()}${label.slice(1)}${holds} waits for ${
    awaited(cycle, wait, next)
  }${place}`;
}

function awaited({ process, basis }: ThreadCycle, wait: ThreadWait, next: ThreadFacts): string {
  const owner = threadLabel(process, next.tid);
  if (wait.kind === "join") return `${owner} to end`;
  const lock = lockOf(wait);
  if (wait.kind === "inner" && wait.what === "future") return `the result of ${lock ?? "a future"}`;
  if (lock === undefined) return "a lock";
  return basis === "stacks" ? lock : `${lock}, which ${owner} holds`;
}

function lockOf(wait: ThreadWait): string | undefined {
  if (wait.kind === "inner" && wait.on !== undefined) return lockName(wait.on);
  return wait.kind === "lock" && wait.ownerTid !== undefined ? `the mutex at ${wait.address}` : undefined;
}
