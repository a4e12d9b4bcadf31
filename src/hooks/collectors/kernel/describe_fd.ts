import type { OpenFile } from "./fd_table.ts";
import type { KnownSocket } from "./socket_table.ts";

/**
 * An open file as it is shown in decoded system calls.
 *
 * @param fd its number
 * @param file what it is; undefined when it is not open or may not be looked at
 * @param socket what it is, when it is a socket and known
 * @returns such as `3<pipe:[42]>`, `3</etc/hosts>`, `3<TCP 127.0.0.1:1->127.0.0.1:2>` or `3`
 */
export function describeFd(fd: number, file: OpenFile | undefined, socket: KnownSocket | undefined): string {
  if (file === undefined) return String(fd);
  if (socket !== undefined) return `${fd}<${describeSocket(socket)}>`;
  return `${fd}<${file.link.startsWith("anon_inode:") ? describeAnonymous(file) : file.link}>`;
}

function describeSocket({ kind, inode, facts }: KnownSocket): string {
  const { state, local, remote } = facts;
  if (kind === "unix") return local === undefined ? `unix:[${inode}]` : `unix ${local}`;
  const name = kind.toUpperCase();
  if (remote !== undefined) return `${name} ${local}->${remote}${state === "ESTABLISHED" ? "" : ` ${state}`}`;
  return state === "LISTEN" ? `${name} listening on ${local}` : `${name} ${local}`;
}

function describeAnonymous({ kind, link, info }: OpenFile): string {
  if (kind === "pidfd" && info.pid !== undefined) return `pidfd ${info.pid}`;
  if (kind === "signalfd" && info.signals !== undefined) return `signalfd ${info.signals.join(" ")}`;
  return kind === "other" ? link : kind;
}
