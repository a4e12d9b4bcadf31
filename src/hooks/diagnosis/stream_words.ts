import type { FdFacts, ProcessFacts } from "../facts.ts";
import { isJobServer } from "./job_server.ts";
import { listAll } from "./list_all.ts";
import { isHeldByReaders, isPipeLike, isUnfedInput, otherEnds, pathOf } from "./streams.ts";
import type { TreeIndex } from "./tree_index.ts";

/** What people call the descriptors that every program has. */
const STANDARD: Readonly<Record<number, string>> = { 0: " (stdin)", 1: " (stdout)", 2: " (stderr)" };

/**
 * Says that a process waits to read or write a stream, as the rest of a sentence, with who is at the other end.
 *
 * @param index the tree
 * @param process who waits
 * @param file the stream
 * @param direction what it wants to do
 */
export function describeStream(
  index: TreeIndex,
  process: ProcessFacts,
  file: FdFacts,
  direction: "read" | "write",
): string {
  const verb = direction === "read" ? "read" : "write";
  const ends = otherEnds(file, direction);
  const others = ends.filter((pid) => pid !== process.pid);
  if (direction === "read" && isUnfedInput(index, process, file)) {
    return `waits to read its standard input (${describeFile(file)}), which nobody writes`;
  }
  if (file.kind === "tcp" || file.kind === "udp") {
    const remote = file.socket?.remote ?? "a peer";
    const whose = others.length === 0
      ? ends.length === 0 ? "" : " (its own process)"
      : ` (${labels(index, others)})`;
    if (direction === "write") return `waits to send data to ${remote}${whose}, which does not take it`;
    return `waits for data from ${remote}${whose}`;
  }
  if (!isPipeLike(file)) {
    const whose = others.length === 0 ? "" : ` at whose other end is ${labels(index, others)}`;
    return `waits to ${verb} the ${kindWord(file)} ${pathOf(file) ?? file.target}${whose}`;
  }
  if (direction === "read" && isJobServer(index, process, file)) {
    return `waits for a token of make's job server (--jobserver-auth, the ${
      kindWord(file)
    } at descriptor ${file.fd})`;
  }
  const end = (direction === "read" ? "write" : "read") + (others.length === 1 ? "s" : "");
  const where = `${direction === "write" ? "full " : ""}${kindWord(file)} ${
    file.kind === "fifo" ? file.target : `at descriptor ${file.fd}${STANDARD[file.fd] ?? ""}`
  }`;
  if (direction === "read" && isHeldByReaders(index, file)) {
    const readers = ends.length === 1 ? "itself" : `its own readers (${labels(index, ends)})`;
    return `waits to read the ${where}, whose write end is held by nobody but ${readers}`;
  }
  if (others.length > 0) return `waits to ${verb} the ${where} that ${labels(index, others)} ${end}`;
  if (ends.length > 0) return `waits to ${verb} the ${where}, whose other end only it holds itself`;
  return `waits to ${verb} the ${where}`;
}

/**
 * A few processes in a sentence.
 *
 * @param index the tree
 * @param pids the processes
 */
export function labels(index: TreeIndex, pids: readonly number[]): string {
  const shown = pids.slice(0, 3).map((pid) => index.label(pid));
  return listAll(pids.length > 3 ? [...shown, `${pids.length - 3} more`] : shown);
}

/**
 * What a stream is, for people: `a pipe`, `/dev/pts/3`.
 *
 * @param file the stream
 */
export function describeFile(file: FdFacts): string {
  if (isPipeLike(file) && file.kind !== "fifo") return `a ${kindWord(file)}`;
  return file.kind === "terminal" ? `the terminal ${file.target}` : file.target;
}

function kindWord(file: FdFacts): string {
  if (file.kind === "fifo") return "FIFO";
  if (file.kind === "unix") return isPipeLike(file) ? "socket pair" : "unix socket";
  return file.kind;
}
