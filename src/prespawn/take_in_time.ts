import type { Child } from "../runtime/port.ts";
import type { Job } from "./job.ts";
import type { TakeOptions, WarmSource } from "./warm_source.ts";

/** How often the limit is asked for again, as it may become known while a test waits. */
const LOOK_PAUSE_MS = 50;

/** What came of it. */
export type Taken =
  | { readonly kind: "taken"; readonly child: Child | undefined }
  /** None was ready in time; nothing has been started for the job. */
  | { readonly kind: "overdue" };

/**
 * Takes one that is warm, and gives up when that takes longer than a start is worth.
 *
 * @param source what gives it
 * @param job what is to run
 * @param options where the output goes, and what ends the waiting
 * @param limitMs how long to wait, by now; undefined for as long as it takes
 * @returns the child, or that it is overdue
 * @throws what the source throws, and the signal's reason when aborted
 */
export async function takeInTime(
  source: WarmSource,
  job: Job,
  options: TakeOptions,
  limitMs: () => number | undefined,
): Promise<Taken> {
  const abort = new AbortController();
  const { signal } = options;
  const onAbort = (): void => abort.abort(signal!.reason);
  signal?.addEventListener("abort", onAbort, { once: true });
  const startMs = performance.now();
  let isOverdue = false;
  const timer = setInterval(() => {
    isOverdue ||= performance.now() - startMs > (limitMs() ?? Infinity);
    if (isOverdue) abort.abort();
  }, LOOK_PAUSE_MS);
  try {
    return { kind: "taken", child: await source.take(job, { ...options, signal: abort.signal }) };
  } catch (error) {
    if (isOverdue && !signal?.aborted) return { kind: "overdue" };
    throw error;
  } finally {
    clearInterval(timer);
    signal?.removeEventListener("abort", onAbort);
  }
}
