import type { ProcessFacts, ThreadFacts } from "../facts.ts";
import { goneOwner } from "./gone_owner.ts";
import type { Stand } from "./stand.ts";
import { threadLabel } from "./thread_label.ts";
import type { ThreadWait } from "./thread_wait.ts";
import type { TreeIndex } from "./tree_index.ts";

/** What a thread waits for, by the function of the C library that it is in. */
const BY_FUNCTION: readonly (readonly [RegExp, string])[] = [
  [/^_*pthread_barrier_wait/, "at a barrier that too few threads reach"],
  [/^_*(new_)?sem_(wait|timedwait|clockwait)|^_*do_futex_wait/, "for a semaphore that nobody posts"],
  [/^_*pthread_rwlock_\w*wrlock/, "for a read-write lock (to write) that is not released"],
  [/^_*pthread_rwlock_\w*rdlock/, "for a read-write lock (to read) that is not released"],
  [/^_*pthread_cond_(timed|clock)?wait/, "for a condition that no thread signals"],
  [/^_*pthread_once/, "for a first call (pthread_once) that does not end"],
];
/** The innermost frames, in which the library waits. */
const LIBRARY_DEPTH = 6;

/**
 * Says what a thread that is blocked inside its process waits for, as the rest of a sentence.
 *
 * @param index the tree
 * @param stand where it stands
 * @param wait its wait
 */
export function describeLock(
  index: TreeIndex,
  { process, thread }: Stand,
  wait: Extract<ThreadWait, { kind: "lock" }>,
): string {
  if (wait.ownerTid === thread.tid) return "waits for a mutex that it holds itself";
  if (wait.ownerTid !== undefined) {
    const owner = index.thread(wait.ownerTid)?.process ?? process;
    const whose = owner === process ? "" : ` of ${index.label(owner.pid)}`;
    return `waits for a mutex that ${threadLabel(owner, wait.ownerTid)}${whose} holds`;
  }
  if (wait.goneOwnerTid !== undefined) return describeGone(index, process, wait.goneOwnerTid);
  if (wait.address.startsWith("eventfd ")) {
    return `waits for the event counter at descriptor ${
      wait.address.slice(8)
    } (eventfd), which nobody raises`;
  }
  const known = BY_FUNCTION.find(([pattern]) => libraryFunctions(thread).some((name) => pattern.test(name)));
  if (known !== undefined) return `waits ${known[1]}`;
  return `waits for ${
    wait.isMutex ? "a mutex that is not released" : "a lock, condition or queue that no thread signals"
  }`;
}

function describeGone(index: TreeIndex, process: ProcessFacts, tid: number): string {
  const gone = goneOwner(index, process, tid);
  switch (gone.kind) {
    case "left-in-parent": {
      const owner = gone.isThere ? threadLabel(gone.parent, tid) : `thread ${tid}`;
      return `waits for a mutex that fork() copied while ${owner} of its parent ${
        index.label(gone.parent.pid)
      } held it: nobody in the child can release it`;
    }
    case "exited":
      return `waits for a mutex whose owner, its thread ${tid}, has exited without unlocking it`;
    case "unknown":
      return `waits for a mutex whose owner (thread ${tid}) is none of its threads`;
  }
}

/**
 * Whether a busy thread was seen in a spin lock of the C library.
 *
 * @param thread the thread
 */
export function isSpinning(thread: ThreadFacts): boolean {
  const stacks = thread.stacks.filter((stack) => stack.language === "native");
  return stacks.length > 0 &&
    stacks.every(({ frames }) =>
      frames.slice(0, 2).some((frame) => /^_*pthread_spin_lock/.test(frame.function))
    );
}

function libraryFunctions({ stacks }: ThreadFacts): string[] {
  return stacks.filter((stack) => stack.language === "native")
    .flatMap(({ frames }) => frames.slice(0, LIBRARY_DEPTH).map((frame) => frame.function));
}
