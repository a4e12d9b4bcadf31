import type { FdFacts, LockFacts } from "../../facts.ts";
import { parseLockLine } from "./parse_locks.ts";
import { pollEvents } from "./poll_events.ts";
import { signalsOfHex } from "./signal_mask.ts";

const O_ACCMODE = 0o3;
const O_RDONLY = 0;
const O_WRONLY = 1;
/** `EPOLLET` (epoll_ctl(2)). */
const EDGE_TRIGGERED = 0x8000_0000;

/** One file that an epoll instance watches. */
export interface EpollTarget {
  /** The number under which it was registered; it may mean another file by now. */
  readonly fd: number;
  /** Empty when only errors and hang-ups are watched, or a one-shot registration has fired. */
  readonly events: readonly ("read" | "write")[];
  readonly inode?: number | undefined;
  /** Told of changes only (EPOLLET). */
  readonly isEdge?: boolean | undefined;
}

/** A lock that is held through an open file. */
export interface FdLock {
  readonly type: LockFacts["type"];
  readonly mode: LockFacts["mode"];
  /** `major:minor:inode` as `/proc/locks` prints it. */
  readonly file: string;
}

/** What `/proc/PID/fdinfo/FD` tells (proc(5)). */
export interface FdInfo {
  readonly access: FdFacts["access"];
  readonly mountId?: number | undefined;
  /** Told by kernels from 5.14 on. */
  readonly inode?: number | undefined;
  readonly epoll: readonly EpollTarget[];
  /** inotify: one `inode:NUMBER` per watch. */
  readonly watches: readonly string[];
  readonly locks: readonly FdLock[];
  readonly signals?: readonly string[] | undefined;
  readonly pid?: number | undefined;
  readonly count?: number | undefined;
  /** Until the timer fires; undefined where it is not armed. */
  readonly remainingMs?: number | undefined;
}

/**
 * Parses an fdinfo file, including the lines of epoll, inotify, signalfd, timerfd, pidfd and eventfd descriptors.
 *
 * @param text content of the file
 * @returns its fields
 */
export function parseFdinfo(text: string): FdInfo {
  const epoll: EpollTarget[] = [];
  const watches: string[] = [];
  const locks: FdLock[] = [];
  let access: FdInfo["access"] = "read-write";
  const found: {
    -readonly [K in "mountId" | "inode" | "signals" | "pid" | "count" | "remainingMs"]?: FdInfo[K];
  } = {};
  for (const line of text.split("\n")) {
    const colon = line.indexOf(":");
    const value = line.slice(colon + 1).trim();
    const key = line.slice(0, colon).trim();
    if (key === "flags") access = accessOf(parseInt(value, 8));
    else if (key === "mnt_id") found.mountId = Number(value);
    else if (key === "ino") found.inode = Number(value);
    else if (key === "tfd") epoll.push(parseEpollTarget(value));
    else if (key === "lock") pushDefined(locks, parseFdLock(value));
    else if (key === "sigmask") found.signals = signalsOfHex(value);
    else if (key === "Pid") found.pid = Number(value);
    else if (key === "eventfd-count") found.count = parseInt(value, 16);
    else if (key === "it_value") found.remainingMs = parseTimerValue(value);
    else if (line.startsWith("inotify wd")) {
      const inode = /\bino:([0-9a-f]+)/.exec(line)?.[1];
      if (inode !== undefined) watches.push(`inode:${parseInt(inode, 16)}`);
    }
  }
  return { access, epoll, watches, locks, ...found };
}

function accessOf(flags: number): FdInfo["access"] {
  const mode = flags & O_ACCMODE;
  return mode === O_RDONLY ? "read" : mode === O_WRONLY ? "write" : "read-write";
}

function parseEpollTarget(value: string): EpollTarget {
  const events = parseInt(/\bevents:\s*([0-9a-f]+)/.exec(value)?.[1] ?? "0", 16);
  const inode = /\bino:([0-9a-f]+)/.exec(value)?.[1];
  return {
    fd: parseInt(value, 10),
    events: pollEvents(events),
    inode: inode === undefined ? undefined : parseInt(inode, 16),
    ...(events & EDGE_TRIGGERED) === 0 ? {} : { isEdge: true },
  };
}

function parseFdLock(value: string): FdLock | undefined {
  const line = parseLockLine(value);
  return line && { type: line.type, mode: line.mode, file: line.file };
}

/** `it_value: (SECONDS, NANOSECONDS)`, both 0 when the timer is not armed. */
function parseTimerValue(value: string): number | undefined {
  const [seconds, nanoseconds] = [...value.matchAll(/\d+/g)].map((match) => Number(match[0]));
  const ms = (seconds ?? 0) * 1000 + (nanoseconds ?? 0) / 1e6;
  return ms === 0 ? undefined : ms;
}

function pushDefined<T>(list: T[], item: T | undefined): void {
  if (item !== undefined) list.push(item);
}
