import type { FdFacts, ProcessFacts } from "../facts.ts";
import type { LoopReading } from "./loop_reading.ts";
import type { Stand } from "./stand.ts";
import type { Stands } from "./stands.ts";
import { isPipeLike, otherEnds } from "./streams.ts";
import type { TreeIndex } from "./tree_index.ts";
import { waitScore } from "./wait_score.ts";

/** What a request of a client is looked up in. */
export interface RequestContext {
  readonly index: TreeIndex;
  readonly stands: Stands;
  /** The client's end of the connection. */
  readonly file: FdFacts;
  readonly clientPid: number;
  readonly clientTid: number;
}

/**
 * Where a server stands that answers no request because it waits for something itself. One that waits for clients, for
 * the next request or for work is as it should be, and so is one that sleeps and has not even read the request.
 *
 * @param context the request
 * @param pid the server
 * @returns the thread whose wait explains most; undefined when the server is idle, or that cannot be told
 */
export function stuckServer(context: RequestContext, pid: number): Stand | undefined {
  const { index, stands } = context;
  const process = index.live(pid);
  const stand = stands.of(pid);
  if (process === undefined || stand === undefined) return undefined;
  if (pid === context.clientPid) return ownServer(context, process);
  if (stand.wait.kind === "stopped") return stand;
  const threads = process.threads.filter(({ language }) => language?.isInternal !== true)
    .map((thread) => stands.ofThreadItself(process, thread));
  const isServing = threads.some(({ wait, loop }) =>
    wait.kind === "accept" || loop?.focus.role === "listening"
  );
  const stuck = [stand, ...threads].filter((one) => isStuck(context, one, isServing));
  const best = stuck.reduce<Stand | undefined>(
    (one, other) => one === undefined || waitScore(index, other) > waitScore(index, one) ? other : one,
    undefined,
  );
  return best === undefined || best === stand ? best : { ...best, isCertain: false };
}

/** The thread of the client's own process that serves it; others wait for its own end, or are clients like itself. */
function ownServer({ index, stands, clientTid }: RequestContext, process: ProcessFacts): Stand | undefined {
  const stuck = process.threads
    .filter(({ tid, language }) => ![process.pid, clientTid].includes(tid) && language?.isInternal !== true)
    .map((thread) => stands.ofThreadItself(process, thread))
    .filter(({ wait }) =>
      wait.kind === "file-lock" || wait.kind === "child" || (wait.kind === "inner" && wait.what === "lock") ||
      (wait.kind === "lock" && (wait.ownerTid !== undefined || wait.goneOwnerTid !== undefined))
    )
    .sort((a, b) => waitScore(index, b) - waitScore(index, a));
  return stuck[0] === undefined ? undefined : { ...stuck[0], isCertain: false };
}

function isStuck(context: RequestContext, stand: Stand, isServing: boolean): boolean {
  const { wait, loop, process, thread } = stand;
  switch (wait.kind) {
    case "busy":
      return !wait.starved;
    case "disk":
    case "file-lock":
    case "fifo-open":
    case "connect":
    case "child":
    case "vfork":
      return true;
    case "lock":
      return wait.ownerTid !== undefined || wait.goneOwnerTid !== undefined;
    case "inner":
      // Who waits at a queue or for a notification waits for work; who joins another thread leaves it to that one.
      return wait.owners.length > 0 || ["lock", "latch", "semaphore", "future"].includes(wait.what);
    case "stream":
      return waitScore(context.index, stand) > 0 &&
        !isForClients(context, process, wait.file, wait.direction);
    case "sleep": {
      const isBeside = isServing && thread.tid === process.pid;
      return !isBeside && waitScore(context.index, stand) > 0 && isTaken(context, process);
    }
    case "loop":
      return loop !== undefined && isLoopStuck(context, process, loop);
    default:
      return false;
  }
}

function isLoopStuck(context: RequestContext, process: ProcessFacts, { focus }: LoopReading): boolean {
  switch (focus.role) {
    case "connecting":
    case "child":
      return true;
    case "client":
      return !isForClients(context, process, focus.file, "read");
    case "writer":
      return !isForClients(context, process, focus.file, "write");
    default:
      return false;
  }
}

/** Whether a stream leads to those whom the process serves: its clients, the one that started it, or who feeds its input. */
function isForClients(
  { file: request, clientPid }: RequestContext,
  process: ProcessFacts,
  file: FdFacts,
  direction: "read" | "write",
): boolean {
  if (direction === "read" && file.fd === 0) return true;
  const ends = otherEnds(file, direction);
  if (isPipeLike(file)) {
    return direction === "read" && (ends.includes(process.ppid) || ends.includes(clientPid));
  }
  const isAccepted = process.fds.some(({ kind, socket }) =>
    kind === file.kind && socket?.state === "LISTEN" && isSamePlace(file, socket.local, file.socket?.local)
  );
  return direction === "read" &&
    (isAccepted || isSamePlace(file, request.socket?.remote, file.socket?.local));
}

/** Whether the server has read what the client sent: then it is this request that it is at. */
function isTaken({ file }: RequestContext, process: ProcessFacts): boolean {
  const { local, remote } = file.socket ?? {};
  return local !== undefined && remote !== undefined &&
    process.fds.some(({ kind, socket }) =>
      kind === file.kind && socket?.local === remote && (kind === "unix" || socket.remote === local) &&
      socket.state !== "LISTEN" && socket.receiveQueue === 0
    );
}

function isSamePlace({ kind }: FdFacts, one: string | undefined, other: string | undefined): boolean {
  if (one === undefined || other === undefined) return false;
  const port = (address: string): string => address.slice(address.lastIndexOf(":"));
  return kind === "unix" ? one === other : port(one) === port(other);
}
