/**
 * Waits until a condition holds, looking every few milliseconds; for conditions that nothing announces.
 *
 * @param what names the condition in the error
 * @param condition is asked until it returns something truthy
 * @param deadlineMs how long at the most; only a broken program ever waits so long
 * @returns what the condition returned
 * @throws {Error} when the deadline passes
 */
export async function waitUntil<T>(
  what: string,
  condition: () => T | Promise<T>,
  deadlineMs = 30_000,
): Promise<NonNullable<T>> {
  const endMs = performance.now() + deadlineMs;
  for (;;) {
    const value = await condition();
    if (value) return value as NonNullable<T>;
    if (performance.now() > endMs) throw new Error(`Waited ${deadlineMs} ms in vain until ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}
