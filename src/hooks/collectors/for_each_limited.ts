/**
 * Does something with each item, a few at a time.
 *
 * @param items in the order in which they are begun
 * @param limit how many at a time
 * @param action what to do; when it rejects, the others that have begun are not waited for
 */
export async function forEachLimited<T>(
  items: readonly T[],
  limit: number,
  action: (item: T) => Promise<void>,
): Promise<void> {
  const pending = items.values();
  await Promise.all(Array.from({ length: Math.min(limit, items.length) }, async () => {
    for (const item of pending) await action(item);
  }));
}
