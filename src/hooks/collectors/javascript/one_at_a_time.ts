let last: Promise<unknown> = Promise.resolve();

/**
 * Runs one action after the other, whoever asks: all Node processes of a machine open their inspector at one port, also
 * those that are looked at in samples of several tests at the same time.
 *
 * @param action is begun when those before it have settled
 * @returns what the action returns
 */
export function oneAtATime<T>(action: () => Promise<T>): Promise<T> {
  const run = last.then(action);
  last = run.catch(() => {});
  return run;
}
