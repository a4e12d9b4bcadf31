/**
 * Parses `/proc/PID/task/TID/schedstat` (the kernel's sched-stats): nanoseconds run, nanoseconds waited for a processor,
 * number of turns.
 *
 * @param text content of the file
 * @returns milliseconds that the thread was ready and had no processor; undefined when the text is not of that form
 */
export function parseSchedstat(text: string): number | undefined {
  const queued = /^\d+ (\d+) \d+\s*$/.exec(text)?.[1];
  return queued === undefined ? undefined : Number(queued) / 1e6;
}
