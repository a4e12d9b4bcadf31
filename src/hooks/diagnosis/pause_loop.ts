import type { TrailStep } from "./trace_waits.ts";

/** A pause that comes again and again, and the one who makes it. */
export interface PauseLoop {
  /** Of the process that loops, which may have started a `sleep` to pause. */
  readonly step: TrailStep;
  readonly durationMs: number;
}

/** Who has run for less than so many pauses may be in the first one. */
const PAUSES = 2;

/**
 * Finds a program that looks for something every so often: at the end of the waits something sleeps for much less time
 * than the program runs, so that sleep is not what takes the time.
 *
 * @param steps from the started process to the one that sleeps
 * @returns undefined when the sleep is long enough to explain the hang by itself
 */
export function findPauseLoop(steps: readonly TrailStep[]): PauseLoop | undefined {
  const last = steps.at(-1)!;
  const { wait } = last.stand;
  if (wait.kind !== "sleep" || wait.durationMs === undefined) return undefined;
  const { durationMs } = wait;
  const runsLonger = ({ stand }: TrailStep): boolean => stand.process.ageMs > PAUSES * durationMs;
  const parent = steps.at(-2);
  const step = parent?.edge?.kind === "child" && !runsLonger(last) ? parent : last;
  return runsLonger(step) ? { step, durationMs } : undefined;
}
