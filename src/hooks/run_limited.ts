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

/** When to stop waiting. */
export interface RunLimitedOptions {
  /** 0 is no limit. */
  readonly limitMs: number;
  /** Ends the task early. */
  readonly abort?: AbortSignal | undefined;
}

/**
 * Runs somebody else's code under a time limit. At the limit its signal is aborted and it gets a moment to hand over
 * what it has; then it is left alone. Never rejects. Code that blocks the event loop cannot be limited.
 *
 * @param task gets the signal that is aborted at the limit
 * @param options the limit
 * @returns how it ended; "timed-out" also when it finished after the limit, or was ended early
 */
export async function runLimited(
  task: (signal: AbortSignal) => Promise<void> | void,
  options: RunLimitedOptions,
): Promise<LimitedResult> {
  const { limitMs, abort } = options;
  const limited = limitMs > 0 && limitMs <= LONGEST_TIMER_MS;
  const controller = new AbortController();
  const timers: ReturnType<typeof setTimeout>[] = [];
  let cut: LimitedResult | undefined;
  let leave: (result: LimitedResult) => void = () => {};
  const left = new Promise<LimitedResult>((resolve) => leave = resolve);
  const cutOff = (message: string): void => {
    if (cut !== undefined) return;
    const result: LimitedResult = cut = { kind: "timed-out", message };
    timers.push(
      setTimeout(() => leave(result), limited ? Math.min(limitMs, LONGEST_HANDOVER_MS) : LONGEST_HANDOVER_MS),
    );
    controller.abort();
  };
  const onAbort = (): void => cutOff("was ended early");
  const attempt = async (): Promise<LimitedResult> => {
    try {
      await task(controller.signal);
      return { kind: "ok" };
    } catch (error) {
      return { kind: "failed", message: `failed: ${messageOf(error)}` };
    }
  };

  if (limited) {
    timers.push(setTimeout(() => cutOff(`did not finish within ${formatDuration(limitMs)}`), limitMs));
  }
  abort?.addEventListener("abort", onAbort, { once: true });
  if (abort?.aborted) onAbort();
  const result = await Promise.race([attempt(), left]);
  abort?.removeEventListener("abort", onAbort);
  for (const timer of timers) clearTimeout(timer);
  return cut ?? result;
}
