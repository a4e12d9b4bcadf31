import type { ProcessFacts } from "../facts.ts";
import type { TreeIndex } from "./tree_index.ts";

/** What became of the owner that a mutex records, when it is no thread of the process that waits. */
export type GoneOwner =
  /** The process was forked while a thread of its parent held the mutex. */
  | { readonly kind: "left-in-parent"; readonly parent: ProcessFacts; readonly isThere: boolean }
  | { readonly kind: "exited" }
  /** The number means nothing here, as in a container with numbers of its own. */
  | { readonly kind: "unknown" };

/**
 * Tells what became of the owner of a mutex.
 *
 * @param index the tree
 * @param process whose thread waits for it
 * @param tid the owner that it records
 */
export function goneOwner(index: TreeIndex, process: ProcessFacts, tid: number): GoneOwner {
  const parent = forkedFrom(index, process);
  const isThere = parent !== undefined && index.thread(tid)?.process === parent;
  if (parent !== undefined && (isThere || (tid >= parent.pid && tid < process.pid))) {
    return { kind: "left-in-parent", parent, isThere };
  }
  // Threads are numbered after their process.
  return tid > process.pid ? { kind: "exited" } : { kind: "unknown" };
}

/**
 * What to do about a mutex whose owner is gone.
 *
 * @param gone what became of it
 * @returns one sentence; undefined where there is nothing particular to say
 */
export function adviseGone(gone: GoneOwner): string | undefined {
  switch (gone.kind) {
    case "left-in-parent":
      return "Fork before starting threads, run another program in the child (exec, posix_spawn), or hold the lock yourself around fork() (pthread_atfork).";
    case "exited":
      return "Unlock it on every way out of the thread, or make it a robust mutex and handle EOWNERDEAD.";
    case "unknown":
      return undefined;
  }
}

/**
 * The parent of which a process is a copy: it runs the same program with the same arguments.
 *
 * @param index the tree
 * @param process the child
 * @returns undefined when it has started a program of its own
 */
export function forkedFrom(index: TreeIndex, process: ProcessFacts): ProcessFacts | undefined {
  const parent = index.live(process.ppid);
  const isCopy = parent !== undefined && parent.exe === process.exe && parent.command.length > 0 &&
    parent.command.length === process.command.length &&
    parent.command.every((word, position) => word === process.command[position]);
  return isCopy ? parent : undefined;
}
