const WORDS: Readonly<Record<string, string>> = {
  R: "running",
  S: "sleeping",
  D: "in uninterruptible wait",
  T: "stopped",
  t: "stopped by a debugger",
  Z: "ended, not reaped",
  X: "ended",
  I: "idle",
};

/**
 * A state letter of the kernel in words.
 *
 * @param state such as `S`
 */
export function stateWords(state: string): string {
  return WORDS[state] ?? "state unknown";
}
