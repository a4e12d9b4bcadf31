import type { FileStat } from "../../../runtime/port.ts";
import type { FdFacts } from "../../facts.ts";

const ANONYMOUS: Readonly<Record<string, FdFacts["kind"]>> = {
  eventpoll: "epoll",
  eventfd: "eventfd",
  inotify: "inotify",
  signalfd: "signalfd",
  timerfd: "timerfd",
  pidfd: "pidfd",
};
const OF_STAT: Readonly<Record<FileStat["kind"], FdFacts["kind"]>> = {
  "file": "file",
  "directory": "directory",
  "fifo": "fifo",
  "socket": "socket",
  "char-device": "device",
  "block-device": "device",
  "other": "other",
};

/** Whether the kind can be told from the link alone, without touching the file. */
export function kindOfLink(link: string): FdFacts["kind"] | undefined {
  if (link.startsWith("pipe:[")) return "pipe";
  if (link.startsWith("socket:[")) return "socket";
  if (link.startsWith("pidfd:[")) return "pidfd";
  if (link.startsWith("anon_inode:")) {
    return ANONYMOUS[link.slice("anon_inode:".length).replace(/^\[(.*)\]$/, "$1")] ?? "other";
  }
  if (/^\/dev\/(pts\/\d+|tty\w*|console|ptmx)$/.test(link)) return "terminal";
  if (link.startsWith("/memfd:")) return "file";
  return link.startsWith("/") ? undefined : "other";
}

/**
 * The kind of an open file.
 *
 * @param link target of `/proc/PID/fd/FD`
 * @param stat what the file behind it is; undefined where it was not looked at, which counts as a file
 * @returns the kind; every socket is `socket`, until the socket tables tell which
 */
export function fdKind(link: string, stat: FileStat["kind"] | undefined): FdFacts["kind"] {
  return kindOfLink(link) ?? OF_STAT[stat ?? "file"];
}

/**
 * The inode number in a link such as `pipe:[42]` or `socket:[42]`.
 *
 * @param link target of `/proc/PID/fd/FD`
 * @returns the number; undefined for other links
 */
export function inodeOfLink(link: string): number | undefined {
  const digits = /^(?:pipe|socket):\[(\d+)\]$/.exec(link)?.[1];
  return digits === undefined ? undefined : Number(digits);
}
