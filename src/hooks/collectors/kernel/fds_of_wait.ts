import type { Wait } from "../../facts.ts";

/**
 * The open files that a wait names.
 *
 * @param wait of a thread
 * @returns their numbers
 */
export function fdsOfWait(wait: Wait | undefined): number[] {
  switch (wait?.kind) {
    case "read":
    case "write":
    case "file-lock":
    case "connect":
    case "accept":
      return [wait.fd];
    case "poll":
      return wait.fds.map(({ fd }) => fd);
    default:
      return [];
  }
}
