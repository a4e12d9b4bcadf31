import type { ProcessFacts } from "../facts.ts";

/** A thread that can end a wait, and whether that was read or inferred. */
export interface LockOwner {
  readonly tid: number;
  readonly isCertain: boolean;
}

/** Facts do not change; asking for every thread of a large process must not read all of them again. */
const known = new WeakMap<ProcessFacts, ReadonlyMap<string, readonly LockOwner[]>>();

/**
 * The threads of a process that hold a lock of its language.
 *
 * @param process whose threads
 * @param id the lock
 * @returns each once, in the order of the threads
 */
export function lockHolders(process: ProcessFacts, id: string): readonly LockOwner[] {
  let holders = known.get(process);
  if (holders === undefined) {
    holders = findHolders(process);
    known.set(process, holders);
  }
  return holders.get(id) ?? [];
}

function findHolders({ threads }: ProcessFacts): ReadonlyMap<string, readonly LockOwner[]> {
  const holders = new Map<string, LockOwner[]>();
  for (const { tid, language } of threads) {
    for (const { id, isCertain } of language?.holds ?? []) {
      const owners = holders.get(id);
      const own = owners?.findIndex((owner) => owner.tid === tid) ?? -1;
      if (owners === undefined) holders.set(id, [{ tid, isCertain }]);
      else if (own < 0) owners.push({ tid, isCertain });
      else if (isCertain) owners[own] = { tid, isCertain };
    }
  }
  return holders;
}
