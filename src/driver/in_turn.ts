/**
 * Makes a handler that is never entered twice: what comes while it is at work waits for its turn.
 *
 * @param handle gets one item after the other; must not throw
 * @returns takes an item; by the time it returns, the item is handled, unless a handler further up is at work
 */
export function inTurn<T>(handle: (item: T) => void): (item: T) => void {
  const waiting: T[] = [];
  let working = false;
  return (item) => {
    waiting.push(item);
    if (working) return;
    working = true;
    while (waiting.length > 0) handle(waiting.shift()!);
    working = false;
  };
}
