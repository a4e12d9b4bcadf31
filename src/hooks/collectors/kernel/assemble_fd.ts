import type { FdFacts } from "../../facts.ts";
import type { OpenFile } from "./fd_table.ts";
import type { ProcessSnapshot } from "./read_process.ts";
import { type EndsContext, resolveEnds } from "./resolve_ends.ts";
import { withUnixPeer } from "./socket_table.ts";

/**
 * One open file as the facts show it.
 *
 * @param process that has it open
 * @param file as it was read
 * @param context where other ends are looked up
 * @returns the facts
 */
export function assembleFd(
  process: ProcessSnapshot,
  file: OpenFile,
  context: Omit<EndsContext, "socketTable">,
): FdFacts {
  const { socketTable } = process;
  const found = file.inode === undefined ? undefined : process.sockets.get(file.inode);
  const socket = found && withUnixPeer(found, context.unixPeers ?? new Map(), socketTable());
  const { access, signals, pid, remainingMs, count, watches } = file.info;
  return {
    fd: file.fd,
    kind: socket?.kind ?? file.kind,
    target: file.link,
    access,
    socket: socket?.facts,
    ...resolveEnds(file, socket, { ...context, socketTable }),
    signals,
    pid,
    remainingMs,
    count,
    watches: file.kind === "inotify" ? watches : undefined,
  };
}
