import type { FdTable, OpenFile } from "./fd_table.ts";
import { fdsOfWait } from "./fds_of_wait.ts";
import type { ThreadSnapshot } from "./read_threads.ts";
import type { KnownSocket, SocketTable } from "./socket_table.ts";

/** Open files that are looked into per process. */
export const MAX_FDS = 1000;

/**
 * Reads the open files of a process: those that threads wait for (of event loops last), then the first others, up to
 * `MAX_FDS`.
 *
 * @param table of the process
 * @param threads as they were read just before
 * @returns the files by number
 */
export function openFiles(table: FdTable, threads: readonly ThreadSnapshot[]): OpenFile[] {
  const waits = threads.map((thread) => thread.syscall?.wait);
  const isLoop = (wait: (typeof waits)[number]): boolean => wait?.kind === "poll";
  const chosen = new Set([
    ...waits.filter((wait) => !isLoop(wait)).flatMap(fdsOfWait),
    ...waits.filter(isLoop).flatMap(fdsOfWait),
    ...table.fds ?? [],
  ]);
  const files: OpenFile[] = [];
  for (const fd of chosen) {
    if (files.length === MAX_FDS) break;
    const file = table.get(fd);
    if (file !== undefined) files.push(file);
  }
  return files.sort((a, b) => a.fd - b.fd);
}

/** Where each open file leads. */
export function allLinks(table: FdTable): Map<number, string> {
  const links = new Map<number, string>();
  for (const fd of table.fds ?? []) {
    const link = table.link(fd);
    if (link !== undefined) links.set(fd, link);
  }
  return links;
}

/** Looks up sockets and remembers what was found. */
export interface SocketLookup {
  of(file: OpenFile | undefined): KnownSocket | undefined;
  /** By inode. */
  readonly found: ReadonlyMap<number, KnownSocket>;
}

/**
 * Looks up the sockets of one process.
 *
 * @param table gives the tables of its network namespace; called when a socket is first asked for
 * @returns the lookup
 */
export function createSocketLookup(table: () => SocketTable): SocketLookup {
  const found = new Map<number, KnownSocket>();
  return {
    found,
    of(file) {
      if (file?.kind !== "socket" || file.inode === undefined) return undefined;
      const socket = found.get(file.inode) ?? table().get(file.inode);
      if (socket !== undefined) found.set(file.inode, socket);
      return socket;
    },
  };
}
