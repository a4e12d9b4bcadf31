import type { FdFacts, ProcessFacts } from "../facts.ts";
import type { TreeIndex } from "./tree_index.ts";

/** Programs that hand out tokens for jobs as GNU make does (info "(make) POSIX Jobserver"). */
const SERVERS = /^(g?make|ninja|cargo)$/;
/** How many parents are asked. */
const MAX_PARENTS = 64;

/**
 * Whether a pipe is make's job server: it holds a token for each job that may still be started, and one of make's
 * processes above the reader has both ends of it open.
 *
 * @param index the tree
 * @param process who reads it
 * @param file the pipe or FIFO
 */
export function isJobServer(index: TreeIndex, process: ProcessFacts, file: FdFacts): boolean {
  if (file.kind !== "pipe" && file.kind !== "fifo") return false;
  let current: ProcessFacts | undefined = process;
  for (let steps = 0; current !== undefined && steps < MAX_PARENTS; steps++) {
    if (SERVERS.test(current.name) && hasBothEnds(current, file.target)) return true;
    current = index.live(current.ppid);
  }
  return false;
}

function hasBothEnds({ fds }: ProcessFacts, target: string): boolean {
  const held = fds.filter((file) => file.target === target);
  return ["read", "write"].every((access) =>
    held.some((file) => file.access === access || file.access === "read-write")
  );
}
