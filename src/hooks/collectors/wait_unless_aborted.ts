/**
 * Waits, at the longest until a signal is aborted.
 *
 * @param ms how long; 0 or less returns at the next turn of the event loop, `Infinity` waits for the signal alone
 * @param signal ends the wait early, without an error
 */
export function waitUnlessAborted(ms: number, signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve();
  return new Promise((resolve) => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const finish = (): void => {
      clearTimeout(timer);
      signal.removeEventListener("abort", finish);
      resolve();
    };
    signal.addEventListener("abort", finish, { once: true });
    if (Number.isFinite(ms)) timer = setTimeout(finish, Math.max(0, ms));
  });
}
