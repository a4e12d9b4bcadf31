import type { ProcessFacts } from "../facts.ts";

const INTERRUPT = "SIGINT";

/**
 * The signals that would wake a wait: the set itself, or of a long set those that the program handles.
 *
 * @param process who waits
 * @param signals the set that it waits for; empty for any
 * @returns names such as `SIGUSR1`
 */
export function wakingSignals(process: ProcessFacts, signals: readonly string[]): readonly string[] {
  const { caught, blocked } = process.signals;
  const open = caught.filter((signal) => !blocked.includes(signal));
  const handled = signals.filter((signal) => caught.includes(signal));
  const waking = signals.length === 0 ? open : signals.length > 4 && handled.length > 0 ? handled : signals;
  // Runtimes catch it in every program; it is hardly what this one waits for.
  return waking.toSorted((a, b) => Number(a === INTERRUPT) - Number(b === INTERRUPT));
}
