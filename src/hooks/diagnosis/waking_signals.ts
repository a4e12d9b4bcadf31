import type { ProcessFacts } from "../facts.ts";

/**
 * The signals that would wake a wait: the set itself, or of a long set those that the program handles.
 *
 * @param process who waits
 * @param signals the set that it waits for; empty for any
 * @returns names such as `SIGUSR1`
 */
export function wakingSignals(process: ProcessFacts, signals: readonly string[]): readonly string[] {
  const { caught, blocked } = process.signals;
  if (signals.length === 0) return caught.filter((signal) => !blocked.includes(signal));
  const handled = signals.filter((signal) => caught.includes(signal));
  return signals.length > 4 && handled.length > 0 ? handled : signals;
}
