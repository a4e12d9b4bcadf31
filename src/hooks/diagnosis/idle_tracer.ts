import type { ProcessFacts } from "../facts.ts";
import { threadWait } from "./thread_wait.ts";
import type { TreeIndex } from "./tree_index.ts";

/**
 * The process of the tree that has stopped another one to look into it, and does something else meanwhile. A debugger at
 * work waits for what it traces, or runs; one outside the tree is the doing of whoever looks at the tree.
 *
 * @param index the tree
 * @param process who may be stopped
 * @returns undefined when it is not stopped in this way
 */
export function idleTracer(index: TreeIndex, process: ProcessFacts): ProcessFacts | undefined {
  if (!/^t+$/.test(process.states)) return undefined;
  const tracer = process.tracerPid === process.pid ? undefined : index.live(process.tracerPid);
  if (tracer === undefined || tracer.threads.length === 0) return undefined;
  const isIdle = tracer.threads.every((thread) =>
    !["busy", "moving", "child", "vfork", "other"].includes(threadWait(tracer, thread).kind)
  );
  return isIdle ? tracer : undefined;
}
