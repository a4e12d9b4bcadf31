import { groupBy } from "../../std/group_by.ts";
import type { ProcessFacts, ThreadFacts } from "../facts.ts";
import type { Stand } from "./stand.ts";

/** Where a pool of the JDK or of Python calls the work that it was given. */
const POOL_FUNCTIONS = /\bThreadPoolExecutor\$Worker\.run$|\bForkJoinWorkerThread\.run$|^_worker$/;

/**
 * Finds a pool that starves itself: all its threads wait for the results of other work, and no thread of the process is
 * at anything else, so that the work can only lie in the queue of that pool.
 *
 * @param process where to look
 * @param standOf where each thread stands itself
 * @returns the threads of the pool; undefined when there is none
 */
export function findStarvedPool(
  process: ProcessFacts,
  standOf: (thread: ThreadFacts) => Stand,
): readonly ThreadFacts[] | undefined {
  const threads = process.threads.filter(({ language }) => language?.isInternal !== true);
  const isInside = threads.every((thread) =>
    ["inner", "lock", "join", "ended"].includes(standOf(thread).wait.kind)
  );
  if (!isInside) return undefined;
  const pools = groupBy(threads.filter(isOfPool), poolName);
  return [...pools.values()].find((pool) =>
    pool.every((thread) => {
      const { wait } = standOf(thread);
      return wait.kind === "inner" && wait.what === "future" && wait.timeoutMs === undefined;
    })
  );
}

function isOfPool({ language, stacks }: ThreadFacts): boolean {
  return language !== undefined &&
    stacks.some((stack) =>
      stack.language === language.language &&
      stack.frames.some((frame) => POOL_FUNCTIONS.test(frame.function))
    );
}

/** The threads of a pool are named alike and numbered: `pool-1-thread-3`, `ThreadPoolExecutor-0_1`. */
function poolName({ language, name }: ThreadFacts): string {
  return (language?.name ?? name).replace(/\d+$/, "");
}
