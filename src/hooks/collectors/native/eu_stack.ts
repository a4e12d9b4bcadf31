import type { StackTarget } from "../stack_source.ts";
import { compilesItself } from "./compiles_itself.ts";
import { describeFailure } from "./describe_failure.ts";
import { findReplacing, REPLACING } from "./find_replacing.ts";
import { isTraceDenied } from "../explain_trace_denied.ts";
import { forEachLimited } from "../for_each_limited.ts";
import { isNeverRestarted } from "./is_never_restarted.ts";
import { isUninterruptible, UNINTERRUPTIBLE } from "./is_uninterruptible.ts";
import type { NativeContext } from "./native_context.ts";
import { parseEuStack } from "./parse_eu_stack.ts";
import { threadToAttach } from "./thread_to_attach.ts";

/** Takes snapshots with `eu-stack`. */
export interface EuStack {
  /** Adds the stacks of these processes to what was collected, save those that this would disturb. */
  takeSnapshot(targets: readonly StackTarget[], signal: AbortSignal): Promise<void>;
  /** Adds the stacks of those that no snapshot has looked at. To be called after everything else was seen of them. */
  finish(targets: readonly StackTarget[], signal: AbortSignal): Promise<void>;
}

const NAME = "eu-stack";
const AT_A_TIME = 4;
/** With more threads looking up names takes longer than unwinding, as in large programs; they are looked up once, later. */
const NAMES_UP_TO_THREADS = 64;
/** A process that does nothing is not looked at again when it took so long, or when its runtime tells where it is. */
const EXPENSIVE_MS = 200;
/** So long after the begin of a snapshot only processes are looked at that no earlier one has looked at. */
const LOOK_AGAIN_FOR_MS = 250;

/**
 * `eu-stack` (elfutils) of each process at each snapshot. It stops one thread at a time, for well under a millisecond.
 * A process with a thread in a system call that this would end is looked at once only, when all else has been seen.
 *
 * @param context where to put what was found
 * @param isLanguageRead whether the runtime of a process tells where it is
 */
export function createEuStack(
  { runtime, toolbox, log, collected }: NativeContext,
  isLanguageRead: (pid: number) => boolean = () => false,
): EuStack {
  const denied = new Set<number>();
  const lastMs = new Map<number, number>();

  const look = async ({ pid, threadCount }: StackTarget, signal: AbortSignal): Promise<void> => {
    if (isUninterruptible(runtime.files, pid, threadCount)) {
      return log.add({ name: NAME, pid, status: "failed", ms: 0, detail: UNINTERRUPTIBLE });
    }
    const hasNamesLater = threadCount > NAMES_UP_TO_THREADS || compilesItself(runtime.files, pid);
    const quiet = hasNamesLater ? ["-q"] : [];
    const args = [...quiet, "-m", "-b", "-p", String(threadToAttach(runtime.files, pid))];
    const result = await toolbox.run({ name: NAME, args, signal, attachesTo: pid });
    const { status, ms } = result;
    const printed = parseEuStack(result.stdout);
    // Where it was cut off, the last stack may lack its outer frames.
    const stacks = status === "timeout" ? printed.slice(0, -1) : printed;
    for (const stack of stacks) collected.push({ ...stack, pid });
    lastMs.set(pid, ms);
    // It also fails when a single thread could not be unwound to its start.
    if (stacks.length > 0 && status !== "timeout") return log.add({ name: NAME, pid, status: "ok", ms });
    if (isTraceDenied(result)) denied.add(pid);
    log.add({ name: NAME, pid, ms, ...describeFailure(runtime.files, pid, result) });
  };

  const allowed = async (targets: readonly StackTarget[], signal: AbortSignal): Promise<StackTarget[]> => {
    const others = targets.filter(({ pid }) => pid !== runtime.pid && !denied.has(pid));
    const replacing = await findReplacing(runtime.files, others.map(({ pid }) => pid), signal);
    for (const pid of replacing) {
      log.add({ name: NAME, pid, status: "failed", ms: 0, detail: REPLACING });
    }
    return others.filter(({ pid }) => !replacing.has(pid));
  };

  return {
    async takeSnapshot(targets, signal) {
      const startMs = performance.now();
      const rank = ({ pid, busy }: StackTarget): number => !lastMs.has(pid) ? 0 : busy ? 1 : 2;
      const ordered = (await allowed(targets, signal)).toSorted((a, b) => rank(a) - rank(b));
      await forEachLimited(ordered, AT_A_TIME, async (target) => {
        const { pid, threadCount, busy } = target;
        const costMs = lastMs.get(pid);
        const isLate = performance.now() - startMs > LOOK_AGAIN_FOR_MS;
        const isEnough = costMs !== undefined && !busy &&
          (costMs > EXPENSIVE_MS || isLanguageRead(pid));
        if (isEnough || (costMs !== undefined && isLate)) return;
        if (!isNeverRestarted(runtime, pid, threadCount)) await look(target, signal);
      });
    },
    async finish(targets, signal) {
      const unseen = targets.filter(({ pid }) => !lastMs.has(pid));
      const others = await allowed(unseen, signal);
      await forEachLimited(others, AT_A_TIME, (target) => look(target, signal));
    },
  };
}
