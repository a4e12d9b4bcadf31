import type { ProcessFacts, ThreadFacts } from "../facts.ts";
import { isHelperThread } from "./helper_thread.ts";

/**
 * The thread of a program that waits for a message or a lock without a limit, while the main thread idles in its loop: who
 * has started such a worker waits for it, however often the runtime wakes the loop for its own ends.
 *
 * @param process whose threads
 * @returns undefined when there is none
 */
export function idleWorker({ pid, threads }: ProcessFacts): ThreadFacts | undefined {
  return threads.find(({ tid, name, language, syscall }) => {
    const wait = syscall?.wait;
    return tid !== pid && language?.isInternal !== true && !isHelperThread(name) &&
      wait?.kind === "futex" && wait.timeoutMs === undefined;
  });
}
