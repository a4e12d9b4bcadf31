/** What a guard calls itself, after the script on its command line. */
export const GUARD_NAME = "prekill-guard";

/**
 * Whether a command line is that of a guard. One of a prekill inside the tree only waits for that prekill to die, which
 * explains nothing.
 *
 * @param command program and arguments
 */
export function isGuard(command: readonly string[]): boolean {
  return command[1] === "-c" && command[3] === GUARD_NAME;
}
