/** A process that ends sooner than this never pays for timers, looks at its tree and a guard. */
const MOMENT_MS = 5;

/** Nobody ever wakes who waits here. */
const CELL = new Int32Array(new SharedArrayBuffer(4));

/**
 * Calls back after a moment. It is no `setTimeout`: the first of a Deno process (2.9.6) costs it nearly 4 ms, half of all
 * that `exec` of a passing command may take, and waiting for a cell of memory costs 0.05 ms.
 *
 * @param callback called once
 * @returns a function that cancels it
 */
export function afterMoment(callback: () => void): () => void {
  let cancelled = false;
  const { value } = Atomics.waitAsync(CELL, 0, 0, MOMENT_MS);
  Promise.resolve(value).then(() => {
    if (!cancelled) callback();
  });
  return () => {
    cancelled = true;
  };
}
