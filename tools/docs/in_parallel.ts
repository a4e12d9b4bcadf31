/**
 * Does the same to many things, a few at a time.
 *
 * @param things what it is done to
 * @param atATime how many at the most
 * @param act is called with each
 * @returns the results in the order of the things
 */
export async function inParallel<T, R>(
  things: readonly T[],
  atATime: number,
  act: (thing: T) => Promise<R>,
): Promise<R[]> {
  const results: R[] = [];
  const pending = [...things.entries()];
  const worker = async (): Promise<void> => {
    for (let next = pending.shift(); next !== undefined; next = pending.shift()) {
      results[next[0]] = await act(next[1]);
    }
  };
  await Promise.all(Array.from({ length: atATime }, worker));
  return results;
}
