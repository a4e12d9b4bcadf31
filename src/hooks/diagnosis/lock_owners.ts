/**
 * Who keeps a file lock from a process. A lock belongs to an open file, so a child that has inherited the descriptor is
 * listed as a holder too, though it can only wait for the others.
 *
 * @param holders all that hold the open file with the lock
 * @param waiterPid who waits for it
 * @returns the holders but for the waiter, or the waiter when it is alone
 */
export function lockOwners(holders: readonly number[], waiterPid: number): readonly number[] {
  const others = holders.filter((pid) => pid !== waiterPid);
  return others.length > 0 ? others : holders;
}
