import type { Files } from "../../../runtime/port.ts";
import type { SocketFacts } from "../../facts.ts";
import { type InetSocket, parseInetTable } from "./parse_inet_table.ts";
import type { UnixPeer } from "./parse_ss_unix.ts";
import { parseUnixTable, type UnixSocket } from "./parse_unix_table.ts";

/** A socket with its protocol. */
export interface KnownSocket {
  readonly kind: "tcp" | "udp" | "unix";
  readonly inode: number;
  readonly facts: SocketFacts;
}

/** The sockets of one network namespace at one moment; each table is read when it is first needed. */
export interface SocketTable {
  get(inode: number): KnownSocket | undefined;
  /** All sockets of a protocol, also those that no process holds. */
  inet(kind: "tcp" | "udp"): readonly InetSocket[];
  unix(): readonly UnixSocket[];
}

/**
 * Opens the tables of a process's own network namespace.
 *
 * @param files the host's files
 * @param directory `/proc/PID/net`
 * @returns tables that keep nothing open
 */
export function createSocketTable(files: Files, directory: string): SocketTable {
  const byInode = new Map<number, KnownSocket>();
  const inetTables = new Map<string, readonly InetSocket[]>();
  let unixTable: readonly UnixSocket[] | undefined;
  const load = (kind: "tcp" | "udp", version: "" | "6"): readonly InetSocket[] => {
    const name = `${kind}${version}`;
    let sockets = inetTables.get(name);
    if (sockets === undefined) {
      sockets = parseInetTable(files.readText(`${directory}/${name}`) ?? "");
      inetTables.set(name, sockets);
      for (const socket of sockets) {
        if (socket.inode !== 0) {
          byInode.set(socket.inode, { kind, inode: socket.inode, facts: inetFacts(socket) });
        }
      }
    }
    return sockets;
  };
  const unix = (): readonly UnixSocket[] => {
    if (unixTable === undefined) {
      unixTable = parseUnixTable(files.readText(`${directory}/unix`) ?? "");
      for (const { inode, state, path } of unixTable) {
        byInode.set(inode, { kind: "unix", inode, facts: { state, local: path } });
      }
    }
    return unixTable;
  };
  const tables = [
    unix,
    () => load("tcp", ""),
    () => load("tcp", "6"),
    () => load("udp", ""),
    () => load("udp", "6"),
  ];
  return {
    unix,
    inet: (kind) => [...load(kind, ""), ...load(kind, "6")],
    get(inode) {
      // The cheapest table first: the kernel walks its whole hash for each of TCP.
      for (const read of tables) {
        const known = byInode.get(inode);
        if (known !== undefined) return known;
        read();
      }
      return byInode.get(inode);
    },
  };
}

function inetFacts(socket: InetSocket): SocketFacts {
  const hasRemote = !socket.remote.endsWith(":0");
  return {
    state: socket.state,
    local: socket.local,
    remote: hasRemote ? socket.remote : undefined,
    sendQueue: socket.sendQueue,
    receiveQueue: socket.receiveQueue,
  };
}

/**
 * Adds what `ss` knows of a unix socket: its queues, and the path of its peer where it has none itself.
 *
 * @param socket from the table
 * @param peers from `ss`, by inode
 * @param table of the same namespace
 * @returns the socket; as it is where `ss` says nothing
 */
export function withUnixPeer(
  socket: KnownSocket,
  peers: ReadonlyMap<number, UnixPeer>,
  table: SocketTable,
): KnownSocket {
  const peer = socket.kind === "unix" ? peers.get(socket.inode) : undefined;
  if (peer === undefined) return socket;
  const remote = table.get(peer.peerInode)?.facts.local;
  const { receiveQueue, sendQueue } = peer;
  return { ...socket, facts: { ...socket.facts, remote, receiveQueue, sendQueue } };
}
