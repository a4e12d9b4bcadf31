import type { StackTarget } from "../stack_source.ts";
import { explainTraceDenied } from "./explain_trace_denied.ts";
import { forEachLimited } from "./for_each_limited.ts";
import { isUninterruptible, UNINTERRUPTIBLE } from "./is_uninterruptible.ts";
import type { NativeContext } from "./native_context.ts";
import { parseEuStack } from "./parse_eu_stack.ts";

/** Takes snapshots with `eu-stack`. */
export interface EuStack {
  /** Adds the stacks of all these processes to what was collected. */
  takeSnapshot(targets: readonly StackTarget[], signal: AbortSignal): Promise<void>;
}

const AT_A_TIME = 4;
/** From so many threads on looking up names takes longer than unwinding; they are looked up once, at the end. */
const NAMES_UP_TO_THREADS = 64;
/** A process that does nothing is not looked at again when it took so long. */
const EXPENSIVE_MS = 200;

/**
 * `eu-stack` (elfutils) of each process at each snapshot. It stops one thread at a time, for well under a millisecond;
 * a system call that Linux never restarts (`epoll_wait`, `sigtimedwait`, `msgrcv`, …) then ends with EINTR.
 *
 * @param context where to put what was found
 */
export function createEuStack({ runtime, toolbox, log, collected }: NativeContext): EuStack {
  const denied = new Set<number>();
  const lastMs = new Map<number, number>();

  const look = async ({ pid, threadCount }: StackTarget, signal: AbortSignal): Promise<void> => {
    if (isUninterruptible(runtime.files, pid, threadCount)) {
      log.add({ name: "eu-stack", pid, status: "failed", ms: 0, detail: UNINTERRUPTIBLE });
      return;
    }
    const quiet = threadCount > NAMES_UP_TO_THREADS ? ["-q"] : [];
    const args = [...quiet, "-m", "-b", "-p", String(pid)];
    const { status, stdout, stderr, ms } = await toolbox.run({
      name: "eu-stack",
      args,
      signal,
      attachesTo: pid,
    });
    const printed = parseEuStack(stdout);
    // Where it was cut off, the last stack may lack its outer frames.
    const stacks = status === "timeout" ? printed.slice(0, -1) : printed;
    for (const stack of stacks) collected.push({ ...stack, pid });
    lastMs.set(pid, ms);
    if (stacks.length > 0 && status !== "timeout") {
      // It also fails when a single thread could not be unwound to its start.
      log.add({ name: "eu-stack", pid, status: "ok", ms });
    } else if (/not permitted|Permission denied/.test(stderr)) {
      denied.add(pid);
      log.add({
        name: "eu-stack",
        pid,
        status: "failed",
        ms,
        detail: explainTraceDenied(runtime.files, pid),
      });
    } else if (status === "timeout") {
      log.add({ name: "eu-stack", pid, status, ms, detail: `it was ended after ${Math.round(ms)} ms` });
    } else {
      const isGone = runtime.files.stat(`/proc/${pid}/exe`) === undefined;
      const detail = isGone
        ? "the process has ended"
        : stderr.trim().split("\n").at(-1) || "it showed no frames";
      log.add({ name: "eu-stack", pid, status: "failed", ms, detail });
    }
  };

  return {
    async takeSnapshot(targets, signal) {
      const worthwhile = targets.filter(({ pid, busy }) =>
        pid !== runtime.pid && !denied.has(pid) && (busy || (lastMs.get(pid) ?? 0) < EXPENSIVE_MS)
      );
      await forEachLimited(worthwhile, AT_A_TIME, (target) => look(target, signal));
    },
  };
}
