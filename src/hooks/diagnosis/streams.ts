import type { FdFacts, ProcessFacts } from "../facts.ts";
import type { TreeIndex } from "./tree_index.ts";

/**
 * Whether a file is a pipe, FIFO or pair of sockets without a name: something that ties two processes together and
 * nothing else.
 *
 * @param file an open file
 */
export function isPipeLike(file: FdFacts): boolean {
  if (file.kind === "pipe" || file.kind === "fifo") return true;
  return file.kind === "unix" && file.socket?.state !== "LISTEN" && pathOf(file) === undefined;
}

/**
 * The path of a unix socket, of whichever end has one.
 *
 * @param file an open unix socket
 */
export function pathOf(file: FdFacts): string | undefined {
  return [file.socket?.remote, file.socket?.local].find((name) => name !== undefined && name !== "");
}

/**
 * The processes that could end a wait on a stream: the writers for a reader, the readers for a writer. The waiting
 * process is among them when it holds the other end too.
 *
 * @param file what is waited on
 * @param direction what the waiter does
 * @returns pids, each once
 */
export function otherEnds(file: FdFacts, direction: "read" | "write"): number[] {
  const useless = direction === "read" ? "read" : "write";
  return [...new Set((file.ends ?? []).filter((end) => end.access !== useless).map((end) => end.pid))];
}

/**
 * Whether a file is the standard input that nobody in the tree feeds: descriptor 0, a copy of it, or what the started
 * process has there; a terminal always counts.
 *
 * @param index the tree
 * @param process who reads
 * @param file what it reads
 */
export function isUnfedInput(index: TreeIndex, process: ProcessFacts, file: FdFacts): boolean {
  if (file.kind === "terminal") return true;
  if (file.kind === "tcp" || file.kind === "udp" || (file.kind === "unix" && !isPipeLike(file))) return false;
  const root = index.live(index.facts.rootPid);
  const isInput = file.fd === 0 ||
    [process, root].some((owner) =>
      owner?.fds.some((other) => other.fd === 0 && other.target === file.target)
    );
  const isFed = otherEnds(file, "read").some((pid) => index.live(pid) !== undefined);
  return isInput && !isFed;
}

/**
 * Whether all that hold the write end of a pipe wait to read from it themselves, so that its end cannot come.
 *
 * @param index the tree
 * @param file the pipe, as a reader has it open
 */
export function isHeldByReaders(index: TreeIndex, file: FdFacts): boolean {
  const ends = otherEnds(file, "read");
  const holders = ends.flatMap((pid) => index.live(pid) ?? []);
  return ends.length > 0 && holders.length === ends.length &&
    holders.every((holder) => isAt(holder, file.target, "read"));
}

/**
 * Whether one of the threads of a process waits to read, or to write, this very file.
 *
 * @param process who may be at it
 * @param target the file, as its link says
 * @param direction what it would be doing
 */
export function isAt(process: ProcessFacts, target: string, direction: "read" | "write"): boolean {
  const fds = new Set(process.fds.filter((file) => file.target === target).map((file) => file.fd));
  return process.threads.some(({ syscall }) => {
    const wait = syscall?.wait;
    if (wait?.kind === direction) return fds.has(wait.fd);
    // Edge-triggered loops register for both and do neither.
    if (wait?.kind !== "poll" || wait.epoll) return false;
    return wait.fds.some(({ fd, events }) => fds.has(fd) && events.includes(direction));
  });
}

/**
 * Whether two processes are neighbours in a shell's pipeline: one's standard output is the other's standard input.
 *
 * @param file what ties them together
 * @param one of them
 * @param other of them
 */
export function isPipeline(file: FdFacts, one: ProcessFacts, other: ProcessFacts): boolean {
  if (one.ppid !== other.ppid) return false;
  const holds = ({ fds }: ProcessFacts, wanted: readonly number[]): boolean =>
    fds.some((held) => wanted.includes(held.fd) && held.target === file.target);
  return (holds(one, [0]) && holds(other, [1, 2])) || (holds(one, [1, 2]) && holds(other, [0]));
}
