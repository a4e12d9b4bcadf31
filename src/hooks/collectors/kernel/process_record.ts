import type { SyscallFacts } from "../../facts.ts";
import { RESTART_SYSCALL } from "./decode/decode_syscall.ts";
import type { ProcessSnapshot } from "./read_process.ts";
import type { ThreadSnapshot } from "./read_threads.ts";

/** One thread over the snapshots. */
export interface ThreadRecord {
  readonly first: ThreadSnapshot;
  readonly last: ThreadSnapshot;
  readonly states: string;
  /** The latest whose arguments are known. */
  readonly syscall: SyscallFacts | undefined;
  readonly callKey: string;
  /** Whether it was in the same call in every snapshot. */
  readonly isSame: boolean;
  /** Undefined before the second snapshot. */
  readonly wakeups: number | undefined;
  /** Where counting of wake-ups goes on: not from the latest snapshot when a debugger has woken the thread since. */
  readonly switchesBase: number | undefined;
}

/** One process over the snapshots. */
export interface ProcessRecord {
  readonly first: ProcessSnapshot;
  readonly last: ProcessSnapshot;
  readonly states: string;
  readonly threads: ReadonlyMap<number, ThreadRecord>;
  readonly isGone: boolean;
}

/**
 * Adds a snapshot to what is known of a process.
 *
 * @param record what was known; undefined the first time
 * @param snapshot the latest
 * @returns what is known now; threads that have ended are left out
 */
export function addSnapshot(record: ProcessRecord | undefined, snapshot: ProcessSnapshot): ProcessRecord {
  const threads = snapshot.threads.map((thread) =>
    [thread.tid, addThread(record?.threads.get(thread.tid), thread)] as const
  );
  return {
    first: record?.first ?? snapshot,
    last: snapshot,
    states: (record?.states ?? "") + snapshot.stat.state,
    threads: new Map(threads),
    isGone: false,
  };
}

/**
 * Starts counting wake-ups anew, after something other than the program has woken its threads.
 *
 * @param record of a process
 * @param switches of each thread now
 * @returns the record with the counts so far kept
 */
export function rebaseWakeups(
  record: ProcessRecord,
  switches: (tid: number) => number | undefined,
): ProcessRecord {
  const threads = [...record.threads].map(([tid, thread]) =>
    [tid, { ...thread, switchesBase: switches(tid) }] as const
  );
  return { ...record, threads: new Map(threads) };
}

function addThread(record: ThreadRecord | undefined, thread: ThreadSnapshot): ThreadRecord {
  // An interruption changes the time that is left, or hides the call: then it is the call before it.
  const isHidden = thread.syscall?.name === RESTART_SYSCALL;
  const isRestarted = record !== undefined && record.callKey !== "" &&
    (isHidden || (thread.isRestarted === true && thread.callKey === record.callKey));
  const callKey = isRestarted ? record.callKey : thread.callKey;
  const wakeups = record?.switchesBase === undefined || thread.switches === undefined
    ? undefined
    : thread.switches - record.switchesBase;
  return {
    first: record?.first ?? thread,
    last: thread,
    states: (record?.states ?? "") + thread.state,
    syscall: isRestarted ? record.syscall : thread.syscall,
    callKey,
    isSame: callKey !== "" && (record === undefined || (record.isSame && record.callKey === callKey)),
    wakeups: wakeups === undefined ? record?.wakeups : wakeups + (record?.wakeups ?? 0),
    switchesBase: thread.switches,
  };
}
