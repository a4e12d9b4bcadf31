/** A process that ends sooner than this never pays for timers, looks at its tree and a guard. */
const MOMENT_MS = 5;

/** Nobody ever wakes who waits here. */
const CELL = new Int32Array(new SharedArrayBuffer(4));

/** Those that are due, the earliest first; whoever was cancelled has no callback any more. */
const waiting: { readonly atMs: number; callback: (() => void) | undefined }[] = [];
let isWaiting = false;

/**
 * Calls back after a moment. It is no `setTimeout`: the first of a Deno process (2.9.6) costs it nearly 4 ms, half of all
 * that `exec` of a passing command may take, and waiting for a cell of memory costs 0.05 ms. All wait together, so that
 * of many processes that end at once hardly any costs anything.
 *
 * @param callback called once, after one moment or two
 * @returns a function that cancels it
 */
export function afterMoment(callback: () => void): () => void {
  const entry: (typeof waiting)[number] = { atMs: performance.now() + MOMENT_MS, callback };
  waiting.push(entry);
  if (!isWaiting) wait();
  return () => {
    entry.callback = undefined;
  };
}

function wait(): void {
  isWaiting = true;
  const { value } = Atomics.waitAsync(CELL, 0, 0, MOMENT_MS);
  Promise.resolve(value).then(() => {
    isWaiting = false;
    const nowMs = performance.now();
    const later = waiting.findIndex(({ atMs, callback }) => callback !== undefined && atMs > nowMs);
    const due = waiting.splice(0, later === -1 ? waiting.length : later);
    if (waiting.length > 0) wait();
    for (const { callback } of due) callback?.();
  });
}
