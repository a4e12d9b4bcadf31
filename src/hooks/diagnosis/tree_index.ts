import type { Facts, FdFacts, OutsiderFacts, ProcessFacts, ThreadFacts } from "../facts.ts";
import { programName } from "./program_name.ts";

/** A thread and the process it belongs to. */
export interface ThreadPlace {
  readonly process: ProcessFacts;
  readonly thread: ThreadFacts;
}

/** The facts with the lookups that the rules need. */
export interface TreeIndex {
  readonly facts: Facts;
  /** A process of the tree that has not ended; undefined for outsiders and zombies. */
  live(pid: number): ProcessFacts | undefined;
  /** Children that have not ended, oldest first. */
  liveChildren(pid: number): readonly ProcessFacts[];
  /** Children that have ended and were not reaped. */
  zombieChildren(pid: number): readonly ProcessFacts[];
  thread(tid: number): ThreadPlace | undefined;
  /** Whether `pid` is `ancestor` or descends from it. */
  descends(pid: number, ancestor: number): boolean;
  /** The program as people call it. */
  program(pid: number): string;
  /** Program and pid, such as `worker (pid 12)`; an outsider is marked as not belonging to the tree. */
  label(pid: number): string;
}

/**
 * Builds the lookups over facts.
 *
 * @param facts what was collected
 * @returns the index; it keeps nothing but references to the facts
 */
export function indexFacts(facts: Facts): TreeIndex {
  const processes = new Map<number, ProcessFacts>();
  const threads = new Map<number, ThreadPlace>();
  const children = new Map<number, ProcessFacts[]>();
  const outsiders = new Map<number, OutsiderFacts>(
    facts.outsiders.map((outsider) => [outsider.pid, outsider]),
  );
  for (const process of facts.processes) {
    processes.set(process.pid, process);
    for (const thread of process.threads) threads.set(thread.tid, { process, thread });
    const siblings = children.get(process.ppid);
    if (siblings === undefined) children.set(process.ppid, [process]);
    else siblings.push(process);
  }
  /** A process that is not in the last snapshots any more ended on its own while others were looked at. */
  const isGone = (process: ProcessFacts): boolean =>
    hasEnded(process) || (process.incomplete !== undefined && process.states.length < facts.snapshots);
  const childrenOf = (pid: number): readonly ProcessFacts[] => children.get(pid) ?? [];
  const program = (pid: number): string => {
    const named = processes.get(pid) ?? outsiders.get(pid);
    return named === undefined ? "a process" : programName(named);
  };
  return {
    facts,
    live(pid) {
      const process = processes.get(pid);
      return process === undefined || isGone(process) ? undefined : process;
    },
    liveChildren: (pid) => childrenOf(pid).filter((child) => !isGone(child)),
    zombieChildren: (pid) => childrenOf(pid).filter(hasEnded),
    thread: (tid) => threads.get(tid),
    descends(pid, ancestor) {
      let current = processes.get(pid);
      // Bounded by the number of processes: recorded facts may be wrong, and a loop of parents must not hang us.
      for (let steps = 0; current !== undefined && steps <= processes.size; steps++) {
        if (current.pid === ancestor) return true;
        current = processes.get(current.ppid);
      }
      return false;
    },
    program,
    label(pid) {
      if (pid === 0) return "a process that cannot be looked into";
      if (processes.has(pid)) return `${program(pid)} (pid ${pid})`;
      return `${program(pid)} (pid ${pid}, outside the tree)`;
    },
  };
}

/**
 * Whether a process has ended and only waits to be reaped.
 *
 * @param process its facts
 */
export function hasEnded(process: ProcessFacts): boolean {
  return /[ZXx]$/.test(process.states);
}

/**
 * The open file behind a descriptor.
 *
 * @param process whose descriptor
 * @param fd its number
 */
export function fileOf(process: ProcessFacts, fd: number): FdFacts | undefined {
  return process.fds.find((file) => file.fd === fd);
}
