import type { Facts, ThreadFacts } from "../facts.ts";

/** How often one look at the stack of a thread may wake it up: when it is stopped and when it goes on. */
const WAKEUPS_PER_LOOK = 2;

/**
 * Whether a thread did something while it was watched, apart from being looked at. Where its system calls may not be
 * looked at, that it was in another one each time is not known, and only its wake-ups tell.
 *
 * @param facts how often it was looked at
 * @param thread the thread
 */
export function isAwake(facts: Facts, thread: ThreadFacts): boolean {
  const ours = thread.stacks.length > 0 ? WAKEUPS_PER_LOOK * facts.snapshots : 0;
  const isTold = thread.syscall !== undefined || thread.states.includes("R");
  return (isTold && !thread.sameSyscall) || (thread.wakeups ?? 0) > ours;
}
