/** No system gives out a higher number; the hosts would refuse it, or make another of it. */
export const MAX_PID = 0x7fff_ffff;

/**
 * Refuses pids that would signal more than one process or group: 0 is the caller's own group, -1 everybody.
 *
 * @param pid a process, or a process group when negative
 * @throws {RangeError}
 */
export function checkKillTarget(pid: number): void {
  if (Number.isSafeInteger(pid) && pid !== 0 && pid !== -1) return;
  throw new RangeError(
    `Cannot signal the process "${pid}": it is neither a pid nor the negative of a process group`,
  );
}
