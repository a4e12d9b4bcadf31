/** A promise, and what settles it. */
export interface PromiseWithResolvers<T> {
  readonly promise: Promise<T>;
  resolve(value: T | PromiseLike<T>): void;
  reject(reason: unknown): void;
}

/**
 * Makes a promise that is settled from outside, as `Promise.withResolvers` does, which Node 20 lacks.
 *
 * @returns the promise and its two functions, which need no `this`
 */
export function withResolvers<T>(): PromiseWithResolvers<T> {
  let settle: Pick<PromiseWithResolvers<T>, "resolve" | "reject">;
  const promise = new Promise<T>((resolve, reject) => settle = { resolve, reject });
  return { promise, ...settle! };
}
