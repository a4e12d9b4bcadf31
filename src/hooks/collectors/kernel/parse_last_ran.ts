/** The line that is looked for is one of the first. */
export const SCHED_BYTES = 512;

/**
 * Parses when a thread last ran out of `/proc/PID/task/TID/sched`, which kernels with `CONFIG_SCHED_DEBUG` have.
 *
 * @param text the beginning of the file
 * @returns milliseconds on the scheduler's clock, which counts from about the start of the machine; undefined when the
 * text does not tell
 */
export function parseLastRan(text: string): number | undefined {
  const value = /^se\.exec_start\s*:\s*(\d+(?:\.\d+)?)$/m.exec(text)?.[1];
  const lastRanMs = Number(value);
  return lastRanMs > 0 ? lastRanMs : undefined;
}
