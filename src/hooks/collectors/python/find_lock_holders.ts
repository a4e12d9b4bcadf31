import type { TaskReader } from "./find_awaited.ts";
import { methodName } from "./method_name.ts";
import type { RawTask } from "./read_task.ts";

const EXIT = "__aexit__";
const BOUND_SELF = 24;
const MAX_LINKS = 2000;

/**
 * Finds which tasks are inside which `async with` blocks: each leaves the method with which it ends on the stack of its
 * function.
 *
 * @param reader what to read with
 * @param tasks as they were read
 * @returns the address of a task by that of the object of the block, such as a lock
 */
export function findLockHolders(
  { image, objects, values }: TaskReader,
  tasks: readonly RawTask[],
): ReadonlyMap<number, number> {
  const holders = new Map<number, number>();
  const links = tasks.flatMap(({ address, links }) => links.map(({ raw }) => ({ address, raw })));
  for (const { address, raw } of links.slice(0, MAX_LINKS)) {
    for (const object of values?.liveStack(raw) ?? []) {
      if (objects.typeName(object) !== "method" || methodName(image, objects, object) !== EXIT) continue;
      const self = image.memory.word(object + BOUND_SELF);
      if (self !== undefined) holders.set(self, address);
    }
  }
  return holders;
}
