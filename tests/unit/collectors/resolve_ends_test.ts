import type { FileHolder, Holders } from "../../../src/hooks/collectors/kernel/holders.ts";
import type { InetSocket } from "../../../src/hooks/collectors/kernel/parse_inet_table.ts";
import { parseFdinfo } from "../../../src/hooks/collectors/kernel/parse_fdinfo.ts";
import type { UnixSocket } from "../../../src/hooks/collectors/kernel/parse_unix_table.ts";
import {
  type Ends,
  type EndsContext,
  resolveEnds,
} from "../../../src/hooks/collectors/kernel/resolve_ends.ts";
import type { KnownSocket } from "../../../src/hooks/collectors/kernel/socket_table.ts";
import { assertEquals } from "../../support/assert.ts";
import { openFile } from "../../support/fake_decode_context.ts";
import { NO_SOCKETS } from "../../support/fake_snapshot.ts";

const FLAGS = { read: "flags:\t00\n", write: "flags:\t01\n", "read-write": "flags:\t02\n" };
type Access = keyof typeof FLAGS;

/** Holders by link: pid and access. */
function holders(byLink: Readonly<Record<string, readonly (readonly [number, Access])[]>>): Holders {
  return {
    of: (link) =>
      (byLink[link] ?? []).map(([pid, access]): FileHolder => ({
        pid,
        fd: 1,
        access,
        info: parseFdinfo(FLAGS[access]),
      })),
    isCertain: () => true,
  };
}

function context(overrides: Partial<EndsContext>): EndsContext {
  return { holders: holders({}), unixPeers: undefined, socketTable: () => NO_SOCKETS, ...overrides };
}

function pidsOf(ends: Ends | undefined): (number | boolean)[] | undefined {
  return ends && [...ends.ends.map(({ pid }) => pid), ends.endsCertain];
}

Deno.test("resolveEnds() names all writers for a reader, and all readers for a writer", () => {
  const known = context({
    holders: holders({ "pipe:[42]": [[1, "read"], [2, "write"], [3, "write"], [1, "write"]] }),
  });
  const ends = (access: Access): unknown =>
    pidsOf(resolveEnds(openFile(3, "pipe:[42]", FLAGS[access]), undefined, known));
  assertEquals(ends("read"), [2, 3, 1, true]);
  assertEquals(ends("write"), [1, true]);
});

Deno.test("resolveEnds() says nothing of files", () => {
  assertEquals(resolveEnds(openFile(3, "/etc/hosts"), undefined, context({})), undefined);
});

function tcp(inode: number, state: string, local: string, remote: string): InetSocket {
  return { inode, state, local, remote, sendQueue: 0, receiveQueue: 0 };
}

function tcpEnds(
  sockets: readonly InetSocket[],
  own: InetSocket,
  known: Holders,
): (number | boolean)[] | undefined {
  const socket: KnownSocket = { kind: "tcp", inode: own.inode, facts: own };
  const socketTable = () => ({ ...NO_SOCKETS, inet: () => [...sockets, own] });
  return pidsOf(
    resolveEnds(openFile(3, `socket:[${own.inode}]`), socket, context({ holders: known, socketTable })),
  );
}

const CLIENT = tcp(10, "ESTABLISHED", "127.0.0.1:1000", "127.0.0.1:80");
const LISTENER = tcp(12, "LISTEN", "0.0.0.0:80", "0.0.0.0:0");
const KNOWN = holders({ "socket:[11]": [[2, "read-write"]], "socket:[12]": [[3, "read-write"]] });

Deno.test("resolveEnds() finds the peer of a TCP connection on this machine", () => {
  const server = tcp(11, "ESTABLISHED", "127.0.0.1:80", "127.0.0.1:1000");
  assertEquals(tcpEnds([server, LISTENER], CLIENT, KNOWN), [2, true]);
});

Deno.test("resolveEnds() says that the peer is hidden, when nobody who can be seen holds it", () => {
  const server = tcp(99, "ESTABLISHED", "127.0.0.1:80", "127.0.0.1:1000");
  assertEquals(tcpEnds([server], CLIENT, KNOWN), [0, false]);
});

Deno.test("resolveEnds() names the listener, when it has not accepted the connection", () => {
  const queued = tcp(0, "ESTABLISHED", "127.0.0.1:80", "127.0.0.1:1000");
  assertEquals(tcpEnds([queued, LISTENER], CLIENT, KNOWN), [3, false]);
});

Deno.test("resolveEnds() names nobody, when the peer has closed the connection", () => {
  const closed = tcp(0, "FIN_WAIT2", "127.0.0.1:80", "127.0.0.1:1000");
  assertEquals(tcpEnds([closed, LISTENER], CLIENT, KNOWN), [true]);
});

Deno.test("resolveEnds() names the listener of an unanswered connect, on this machine only", () => {
  const local = tcp(10, "SYN_SENT", "127.0.0.1:1000", "127.0.0.1:80");
  assertEquals(tcpEnds([LISTENER], local, KNOWN), [3, false]);
  const remote = tcp(10, "SYN_SENT", "10.0.0.2:1000", "10.0.0.9:80");
  assertEquals(tcpEnds([LISTENER], remote, KNOWN), undefined);
});

function unix(inode: number, overrides: Partial<UnixSocket> = {}): UnixSocket {
  return { inode, state: "CONNECTED", type: 1, ...overrides };
}

function unixEnds(sockets: readonly UnixSocket[], peers: [number, number][] | undefined): unknown {
  const unixPeers = peers && new Map(
    peers.map(([inode, peerInode]) => [inode, { inode, peerInode, receiveQueue: 0, sendQueue: 0 }]),
  );
  const known = holders({ "socket:[11]": [[2, "read-write"]], "socket:[12]": [[3, "read-write"]] });
  const socketTable = () => ({ ...NO_SOCKETS, unix: () => sockets });
  const socket: KnownSocket = { kind: "unix", inode: 10, facts: { state: "CONNECTED" } };
  return pidsOf(
    resolveEnds(openFile(3, "socket:[10]"), socket, context({ holders: known, unixPeers, socketTable })),
  );
}

Deno.test("resolveEnds() finds the peer of a unix socket by what ss says", () => {
  assertEquals(unixEnds([unix(10), unix(11)], [[10, 12], [11, 13]]), [3, true]);
  assertEquals(unixEnds([unix(10)], [[10, 99]]), [0, false]);
});

Deno.test("resolveEnds() infers the other half of a socketpair without ss, when there is one candidate", () => {
  assertEquals(unixEnds([unix(10), unix(11)], undefined), [2, false]);
  assertEquals(unixEnds([unix(9), unix(10), unix(11)], undefined), undefined);
  assertEquals(unixEnds([unix(10), unix(11, { type: 2 })], undefined), undefined);
});

Deno.test("resolveEnds() names the listener of a unix connection that nobody has accepted", () => {
  const sockets = [unix(10), unix(0, { path: "/a" }), unix(12, { path: "/a", state: "LISTEN" })];
  assertEquals(unixEnds(sockets, [[10, 0]]), [3, false]);
});
