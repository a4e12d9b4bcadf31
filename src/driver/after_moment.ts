/** A process that ends sooner than this never pays for timers, looks at its tree and a guard. */
const MOMENT_MS = 5;

let moment: AbortSignal | undefined;

/**
 * Calls back after a moment, at the latest; callbacks that are asked for together share one. `AbortSignal.timeout` is used
 * since the first `setTimeout` of a Deno process costs it nearly 4 ms (2.9.6): half of all that `exec` of a passing
 * command may take.
 *
 * @param callback called once
 * @returns a function that cancels it
 */
export function afterMoment(callback: () => void): () => void {
  if (moment === undefined || moment.aborted) moment = AbortSignal.timeout(MOMENT_MS);
  const signal = moment;
  signal.addEventListener("abort", callback, { once: true });
  return () => signal.removeEventListener("abort", callback);
}
