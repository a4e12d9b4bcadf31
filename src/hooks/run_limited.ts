import { formatDuration } from "../duration.ts";
import { messageOf } from "../errors.ts";

/** After its signal is aborted, how long a task may take to hand over what it has; never longer than its limit. */
const LONGEST_HANDOVER_MS = 1500;
/** Timers with a longer delay fire at once. */
const LONGEST_TIMER_MS = 2 ** 31 - 1;

/** How a limited task ended; the message is a clause whose subject is the task. */
export type LimitedResult =
  | { readonly kind: "ok" }
  | { readonly kind: "failed"; readonly message: string }
  | { readonly kind: "timed-out"; readonly message: string };

/**
 * Runs somebody else's code under a time limit. At the limit its signal is aborted and it gets a moment to finish;
 * then it is left alone. Never rejects. Code that blocks the event loop cannot be limited.
 *
 * @param limitMs 0 is no limit
 * @param task gets the signal that is aborted at the limit
 * @param abort ends it early, as if the limit had come
 * @returns how it ended; "timed-out" also when it finished after the limit
 */
export async function runLimited(
  limitMs: number,
  task: (signal: AbortSignal) => Promise<void> | void,
  abort?: AbortSignal,
): Promise<LimitedResult> {
  const controller = new AbortController();
  const timedOut: LimitedResult = {
    kind: "timed-out",
    message: `did not finish within ${formatDuration(limitMs)}`,
  };
  const timers: ReturnType<typeof setTimeout>[] = [];
  const attempt = async (): Promise<LimitedResult> => {
    try {
      await task(controller.signal);
      return { kind: "ok" };
    } catch (error) {
      return { kind: "failed", message: `failed: ${messageOf(error)}` };
    }
  };
  const limit = (): Promise<LimitedResult> =>
    new Promise((resolve) => {
      const end = (): void => {
        timers.push(setTimeout(() => resolve(timedOut), Math.min(limitMs, LONGEST_HANDOVER_MS)));
        controller.abort();
      };
      abort?.addEventListener("abort", end, { once: true, signal: controller.signal });
      if (limitMs > 0 && limitMs <= LONGEST_TIMER_MS) timers.push(setTimeout(end, limitMs));
    });
  const result = await Promise.race([attempt(), limit()]);
  for (const timer of timers) clearTimeout(timer);
  return controller.signal.aborted ? timedOut : result;
}
