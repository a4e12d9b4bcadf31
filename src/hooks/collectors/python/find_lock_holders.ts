import { contextManagers } from "./context_managers.ts";
import type { TaskReader } from "./find_awaited.ts";
import type { RawTask } from "./read_task.ts";

const MAX_LINKS = 2000;

/**
 * Finds which tasks are inside which `async with` blocks: each leaves the method with which it ends on the stack of its
 * function.
 *
 * @param reader what to read with
 * @param tasks as they were read
 * @returns the task by the address of the object of the block, such as a lock
 */
export function findLockHolders(
  { image, objects, values }: TaskReader,
  tasks: readonly RawTask[],
): ReadonlyMap<number, RawTask> {
  const holders = new Map<number, RawTask>();
  const links = tasks.flatMap((task) => task.links.map(({ raw }) => ({ task, raw })));
  for (const { task, raw } of links.slice(0, MAX_LINKS)) {
    const stack = values?.liveStack(raw) ?? [];
    for (const manager of contextManagers(image, objects, stack, "__aexit__")) holders.set(manager, task);
  }
  return holders;
}
