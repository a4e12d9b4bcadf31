import type { FdFacts, ProcessFacts } from "../facts.ts";
import type { LoopCandidate } from "./loop_reading.ts";
import { isPipeLike, isUnfedInput, otherEnds } from "./streams.ts";
import type { LoopHandle } from "./thread_wait.ts";
import type { TreeIndex } from "./tree_index.ts";

/** A loop that wakes up at least so often looks at something by itself; its timer is no explanation. */
export const TICK_MS = 2000;
/** What can be full. */
const WRITTEN: ReadonlySet<FdFacts["kind"]> = new Set(["tcp", "unix", "pipe", "fifo", "terminal"]);

/**
 * What a loop waits for at one of its files.
 *
 * @param index the tree
 * @param process whose loop
 * @param handles all its files
 * @param handle the file
 * @returns undefined for what says nothing, or belongs to a child
 */
export function readHandle(
  index: TreeIndex,
  process: ProcessFacts,
  handles: readonly LoopHandle[],
  handle: LoopHandle,
): LoopCandidate | undefined {
  const { file, events } = handle;
  const state = file.socket?.state;
  if (state === "SYN_SENT" || state === "CONNECTING") {
    return { rank: 10, focus: { role: "connecting", file }, words: `a connection to ${file.socket?.remote}` };
  }
  if (state === "LISTEN") {
    return { rank: 50, focus: { role: "listening", file }, words: `clients at ${file.socket?.local}` };
  }
  if (isToWrite(handle)) {
    // What a client outside does not take does not keep a server from others.
    const isServer = handles.some((other) => other.file.socket?.state === "LISTEN");
    const inTree = otherEnds(file, "write").some((pid) => index.live(pid) !== undefined);
    const peer = file.socket?.remote ?? file.target;
    return { rank: isServer && !inTree ? 52 : 15, focus: { role: "writer", file }, words: `room at ${peer}` };
  }
  switch (file.kind) {
    case "tcp":
    case "unix":
      if (!isPipeLike(file)) return readConnection(index, process, handles, file);
      break;
    case "inotify":
      return { rank: 65, focus: { role: "watch", file }, words: "changes of files" };
    case "signalfd":
      return { rank: 90, focus: { role: "signal", signals: file.signals ?? [] }, words: "signals" };
    case "timerfd": {
      const remainingMs = file.remainingMs;
      if (remainingMs === undefined || remainingMs < TICK_MS) return undefined;
      return { rank: 70, focus: { role: "timer", remainingMs }, words: "a timer" };
    }
    case "pidfd":
      return undefined;
  }
  if (isUnfedInput(index, process, file) && events.includes("read")) {
    return { rank: 20, focus: { role: "stdin", file }, words: "standard input" };
  }
  if (!isPipeLike(file) || !events.includes("read")) return undefined;
  const toChild = index.liveChildren(process.pid).some((child) =>
    otherEnds(file, "read").some((pid) => index.descends(pid, child.pid))
  );
  return toChild ? undefined : { rank: 60, focus: { role: "pipe", file }, words: `the pipe ${file.target}` };
}

/** Loops ask for room when they have something to write; those that are told of changes only ask for it always. */
function isToWrite({ file, events, isEdge }: LoopHandle): boolean {
  if (!events.includes("write") || !WRITTEN.has(file.kind)) return false;
  if (file.socket !== undefined && !/^(ESTABLISHED|CONNECTED|CLOSE_WAIT)/.test(file.socket.state)) {
    return false;
  }
  return isEdge !== true || ((file.socket?.sendQueue ?? 0) > 0 && otherEnds(file, "write").length > 0);
}

/** A connection that this process opened is owed an answer; one that it accepted belongs to a client. */
function readConnection(
  index: TreeIndex,
  process: ProcessFacts,
  handles: readonly LoopHandle[],
  file: FdFacts,
): LoopCandidate | undefined {
  const state = file.socket?.state;
  if (state !== undefined && !/^(ESTABLISHED|CONNECTED|FIN_WAIT)/.test(state)) return undefined;
  const port = portOf(file.socket?.local);
  const isAccepted = process.fds.some((other) =>
    other.socket?.state === "LISTEN" &&
    (file.kind === "tcp" ? portOf(other.socket.local) === port : other.socket.local === file.socket?.local)
  );
  const peer = file.socket?.remote ?? file.socket?.local ?? file.target;
  if (isAccepted) return { rank: 55, focus: { role: "listening", file }, words: `its client ${peer}` };
  const isServer = handles.some((handle) => handle.file.socket?.state === "LISTEN");
  const inTree = otherEnds(file, "read").some((pid) => index.live(pid) !== undefined);
  // A server's connections to others outside are mostly idle ones that it keeps.
  const rank = isServer && !inTree ? 52 : 25;
  return { rank, focus: { role: "client", file }, words: `data from ${peer}` };
}

function portOf(address: string | undefined): string | undefined {
  return address?.slice(address.lastIndexOf(":") + 1);
}
