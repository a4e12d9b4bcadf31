import type { TaskOffsets } from "./find_task_offsets.ts";
import { followRing } from "./follow_ring.ts";
import type { TaskList } from "./list_tasks.ts";
import type { PythonImage } from "./python_image.ts";
import { isAddress } from "../remote_memory.ts";
import type { ThreadState } from "./thread_state.ts";

/** Whose tasks. */
export interface ListLinkedTasksOptions {
  /** Addresses of its interpreters. */
  readonly interpreters: readonly number[];
  readonly threads: readonly ThreadState[];
  /** Whether time is up; a few are listed in any case. */
  readonly isOver: () => boolean;
}

/** So many are always listed. */
const MIN_LISTED = 64;
const MAX_LISTED = 4096;

/**
 * Lists the tasks that hang in the lists of the threads and interpreters, as from 3.14 on.
 *
 * @param image whose
 * @param offsets where the lists are
 * @param options of whom, and until when
 * @returns undefined when a list is not as they are known
 */
export function listLinkedTasks(
  { memory }: PythonImage,
  offsets: TaskOffsets,
  { interpreters, threads, isOver }: ListLinkedTasksOptions,
): TaskList | undefined {
  const members: TaskList["members"][number][] = [];
  let isWhole = true;
  const isEnough = (count: number): boolean => {
    const listed = members.length + count;
    return listed >= MAX_LISTED || (listed >= MIN_LISTED && isOver());
  };
  const heads = [
    ...threads.map(({ address }) => address + offsets.thread.head),
    ...interpreters.map((interpreter) => interpreter + offsets.interpreterHead),
  ];
  for (const head of heads) {
    const ring = followRing(memory, head, isEnough);
    if (ring === undefined) return undefined;
    for (const node of ring.nodes) members.push({ address: node - offsets.task.node, isWeak: false });
    isWhole &&= ring.isWhole;
  }
  const running = threads.map(({ address }) => memory.word(address + offsets.thread.running) ?? 0);
  return { members, count: members.length, isWhole, current: new Set(running.filter(isAddress)) };
}
