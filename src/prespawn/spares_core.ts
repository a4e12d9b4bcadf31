/** How busy the processors are. */
export interface Load {
  /** Tests that run. */
  readonly running: number;
  /** Runners that get ready. */
  readonly starting: number;
  /** Threads of the whole machine that run or could, without the caller's; undefined where it is not known. */
  readonly runnable: number | undefined;
  /** Processors. */
  readonly cpuCount: number;
}

/**
 * Whether one more runner can start without taking a processor from a test that runs: there are fewer tests and starting
 * runners than processors, or some of the tests only wait. What starts then is in nobody's way, and what it costs is not
 * missed; all other runners start when a test asks for one, as that test would have to start cold.
 *
 * @param load how busy the processors are
 */
export function sparesCore({ running, starting, runnable, cpuCount }: Load): boolean {
  if (running + starting < cpuCount) return true;
  // One that has just been started is not among the runnable yet.
  return runnable !== undefined && Math.max(runnable, starting) < cpuCount;
}
