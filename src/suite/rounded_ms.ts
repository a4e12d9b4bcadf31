/**
 * Milliseconds as they are told: microseconds are as much as anybody can use.
 *
 * @param ms exact
 * @returns to three digits
 */
export function roundedMs(ms: number): number {
  return Math.round(ms * 1000) / 1000;
}
