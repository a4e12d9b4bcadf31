import type { FdEnd, FdFacts } from "../../facts.ts";
import type { OpenFile } from "./fd_table.ts";
import type { FileHolder, Holders } from "./holders.ts";
import type { InetSocket } from "./parse_inet_table.ts";
import type { UnixPeer } from "./parse_ss_unix.ts";
import type { KnownSocket, SocketTable } from "./socket_table.ts";

/** Who holds the other end, and whether these are all. */
export type Ends = Required<Pick<FdFacts, "ends" | "endsCertain">>;

/** What ends are looked up in. */
export interface EndsContext {
  readonly holders: Holders;
  /** Peers of unix sockets by inode; undefined when `ss` could not tell. */
  readonly unixPeers: ReadonlyMap<number, UnixPeer> | undefined;
  readonly socketTable: () => SocketTable;
}

/** An end that certainly exists, held by a process that cannot be looked into. */
const HIDDEN: FdEnd = { pid: 0, fd: -1, access: "read-write" };

/**
 * Finds who holds the other end of an open file.
 *
 * @param file of a process of the tree
 * @param socket what it is, when it is a socket and known
 * @param context where to look
 * @returns the ends; undefined for files that have none, and where it cannot be told
 */
export function resolveEnds(
  file: OpenFile,
  socket: KnownSocket | undefined,
  context: EndsContext,
): Ends | undefined {
  if (file.kind === "pipe" || file.kind === "fifo") return pipeEnds(file, context.holders);
  if (socket === undefined || socket.facts.state === "LISTEN") return undefined;
  return socket.kind === "unix" ? unixEnds(socket, context) : inetEnds(socket.kind, socket, context);
}

function pipeEnds(file: OpenFile, holders: Holders): Ends {
  const all = holders.of(file.link);
  const opposite = all.filter(({ access }) =>
    file.info.access === "read-write" || access === "read-write" || access !== file.info.access
  );
  return { ends: opposite.map(toEnd), endsCertain: holders.isCertain(all, file.kind === "fifo") };
}

function socketEnds(inode: number, holders: Holders): Ends {
  const found = holders.of(`socket:[${inode}]`);
  return found.length > 0 ? { ends: found.map(toEnd), endsCertain: holders.isCertain(found, false) } : {
    ends: [HIDDEN],
    endsCertain: false,
  };
}

function inetEnds(kind: "tcp" | "udp", { facts }: KnownSocket, context: EndsContext): Ends | undefined {
  const { local, remote, state } = facts;
  if (local === undefined || remote === undefined) return undefined;
  const sockets = context.socketTable().inet(kind);
  const peer = sockets.find((other) => other.local === remote && other.remote === local);
  if (peer !== undefined && peer.inode !== 0) return socketEnds(peer.inode, context.holders);
  // A connection without a holder waits in the queue of a listener, unless it has been closed.
  const isQueued = peer !== undefined && ["ESTABLISHED", "SYN_RECV", "NEW_SYN_RECV"].includes(peer.state);
  const isUnanswered = peer === undefined && (state === "SYN_SENT" || kind === "udp") &&
    isLocal(local, remote);
  if (!isQueued && !isUnanswered) return peer === undefined ? undefined : { ends: [], endsCertain: true };
  const listeners = sockets.filter((other) => other.inode !== 0 && listensOn(kind, other, remote));
  const ends = listeners.flatMap(({ inode }) => context.holders.of(`socket:[${inode}]`)).map(toEnd);
  return ends.length > 0 ? { ends, endsCertain: false } : undefined;
}

function listensOn(kind: "tcp" | "udp", socket: InetSocket, address: string): boolean {
  if (kind === "tcp" ? socket.state !== "LISTEN" : !socket.remote.endsWith(":0")) return false;
  const port = address.slice(address.lastIndexOf(":"));
  return [address, `0.0.0.0${port}`, `[::]${port}`].includes(socket.local);
}

/** Whether an address is one of this machine, as far as the socket itself shows. */
function isLocal(local: string, remote: string): boolean {
  const host = (address: string): string => address.slice(0, address.lastIndexOf(":"));
  return host(remote) === host(local) || host(remote).startsWith("127.") || host(remote) === "[::1]";
}

function unixEnds(socket: KnownSocket, context: EndsContext): Ends | undefined {
  if (socket.facts.state === "UNCONNECTED" || socket.facts.state === "CONNECTING") return undefined;
  if (context.unixPeers === undefined) return inferUnixEnds(socket, context);
  const peer = context.unixPeers.get(socket.inode);
  if (peer === undefined) return inferUnixEnds(socket, context);
  return peer.peerInode === 0 ? queuedUnixEnds(context) : socketEnds(peer.peerInode, context.holders);
}

/** The two sockets of a socketpair are made one after the other, so that their inodes are neighbours. */
function inferUnixEnds({ inode, facts }: KnownSocket, context: EndsContext): Ends | undefined {
  if (facts.local !== undefined) return undefined;
  const table = context.socketTable().unix();
  const self = table.find((other) => other.inode === inode);
  const neighbours = table.filter((other) =>
    Math.abs(other.inode - inode) === 1 && other.type === self?.type && other.state === "CONNECTED" &&
    other.path === undefined
  );
  const only = neighbours.length === 1 ? neighbours[0] : undefined;
  const ends = only === undefined ? [] : context.holders.of(`socket:[${only.inode}]`).map(toEnd);
  return ends.length > 0 ? { ends, endsCertain: false } : undefined;
}

/** A connection that nobody has accepted yet has no inode, but the path of the listener. */
function queuedUnixEnds(context: EndsContext): Ends {
  const table = context.socketTable().unix();
  const queued = table.filter(({ inode, state }) => inode === 0 && state === "CONNECTED");
  const paths = new Set(queued.map(({ path }) => path));
  const listeners = table.filter(({ state, path }) => state === "LISTEN" && paths.has(path));
  const ends = paths.size === 1
    ? listeners.flatMap(({ inode }) => context.holders.of(`socket:[${inode}]`)).map(toEnd)
    : [];
  return { ends, endsCertain: false };
}

function toEnd({ pid, fd, access }: FileHolder): FdEnd {
  return { pid, fd, access };
}
