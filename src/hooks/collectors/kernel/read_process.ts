import { CLOCK_TICKS_PER_SECOND, createLinuxLister } from "../../../tree/linux_lister.ts";
import { parseStat, type ProcStat } from "../../../tree/parse_stat.ts";
import { isDead } from "../../../tree/process_entry.ts";
import type { Files } from "../../../runtime/port.ts";
import type { DecodeContext } from "./decode/decoder.ts";
import { describeFd } from "./describe_fd.ts";
import { createFdTable, type FdTable, type OpenFile } from "./fd_table.ts";
import type { KernelView } from "./kernel_view.ts";
import { createMemoryReader } from "./memory_reader.ts";
import { allLinks, createSocketLookup, openFiles, type SocketLookup } from "./open_files.ts";
import { parseIo, type ProcIo } from "./parse_io.ts";
import { parseStatus, type ProcStatus } from "./parse_status.ts";
import { readThreads, type ThreadSnapshot } from "./read_threads.ts";
import { resolveCallPath } from "./resolve_call_path.ts";
import type { KnownSocket, SocketTable } from "./socket_table.ts";

const AT_FDCWD = -100;

/** One process at one moment. */
export interface ProcessSnapshot {
  readonly atMs: number;
  readonly stat: ProcStat;
  readonly status: ProcStatus;
  readonly ageMs: number;
  readonly command: readonly string[];
  readonly exe?: string | undefined;
  readonly cwd?: string | undefined;
  readonly io?: ProcIo | undefined;
  /** How many threads it had, of which `threads` may be a part. */
  readonly threadCount: number;
  readonly threads: readonly ThreadSnapshot[];
  /** By number; those that threads wait for, and the first others. */
  readonly files: readonly OpenFile[];
  /** Where each open file leads, also those that `files` leaves out. */
  readonly links: ReadonlyMap<number, string>;
  /** Sockets among `files`, by inode. */
  readonly sockets: ReadonlyMap<number, KnownSocket>;
  /** The tables of its network namespace. */
  readonly socketTable: () => SocketTable;
  readonly isSyscallDenied: boolean;
  readonly isFilesDenied: boolean;
  /** Whether it only waits to be reaped; a main thread may end before the others. */
  readonly hasEnded: boolean;
  /** False when only the listing was read. */
  readonly isLookedInto: boolean;
}

/**
 * Reads one process. Nothing is stopped or signalled.
 *
 * @param view of this snapshot
 * @param pid the process
 * @param tids its threads; undefined when it shall not be looked into
 * @param atMs the time, on any clock that all snapshots share
 * @returns what could be read; undefined when it has gone
 */
export function readProcess(
  view: KernelView,
  pid: number,
  tids: readonly number[] | undefined,
  atMs: number,
): ProcessSnapshot | undefined {
  const { files } = view.runtime;
  const main = parseStat(files.readText(`/proc/${pid}/stat`) ?? "");
  if (main === undefined) return undefined;
  const hasEnded = isDead(main) && tids !== undefined && tids.length <= 1;
  if (tids === undefined || hasEnded) return listedOnly(view, main, atMs, hasEnded);
  const live = liveThread(main, tids);
  // Threads can be looked up like processes.
  const directory = `/proc/${live}`;
  const stat = live === pid ? main : { ...main, state: stateOf(files, live) ?? main.state };
  const isRemote = (mountId: number): boolean => view.remoteMounts(pid).some(({ id }) => id === mountId);
  const fds = createFdTable(files, directory, isRemote);
  const sockets = createSocketLookup(() => view.socketTable(pid));
  const status = parseStatus(files.readText(`${directory}/status`) ?? "");
  const cwd = files.readLink(`${directory}/cwd`);
  const context = createContext({ view, stat, live, status, cwd, tids, fds, sockets });
  const { threads, isSyscallDenied } = readThreads(view, pid, tids, context);
  context.memory.close();
  const open = openFiles(fds, threads);
  open.forEach(sockets.of);
  return {
    atMs,
    stat,
    status,
    ageMs: ageOf(view, stat),
    command: createLinuxLister(files).command(live),
    exe: files.readLink(`${directory}/exe`),
    cwd,
    io: parseIo(files.readText(`${directory}/io`) ?? ""),
    threadCount: stat.threadCount,
    threads,
    files: open,
    links: allLinks(fds),
    sockets: sockets.found,
    socketTable: () => view.socketTable(pid),
    isSyscallDenied,
    isFilesDenied: fds.fds === undefined && !isDead(stat),
    hasEnded: false,
    isLookedInto: true,
  };
}

/** What the listing alone tells, which is all there is of a process that has ended. */
function listedOnly(view: KernelView, stat: ProcStat, atMs: number, hasEnded: boolean): ProcessSnapshot {
  return {
    atMs,
    stat,
    status: parseStatus(""),
    ageMs: ageOf(view, stat),
    command: [],
    threadCount: hasEnded ? 0 : stat.threadCount,
    threads: [],
    files: [],
    links: new Map(),
    sockets: new Map(),
    socketTable: () => view.socketTable(stat.pid),
    isSyscallDenied: false,
    isFilesDenied: false,
    hasEnded,
    isLookedInto: hasEnded,
  };
}

function ageOf(view: KernelView, stat: ProcStat): number {
  return Math.max(0, view.uptimeMs - stat.startTime * (1000 / CLOCK_TICKS_PER_SECOND));
}

/** A main thread that has ended leaves a zombie without memory and files, while other threads go on with them. */
function liveThread(main: ProcStat, tids: readonly number[]): number {
  return isDead(main) ? tids.find((tid) => tid !== main.pid) ?? main.pid : main.pid;
}

function stateOf(files: Files, tid: number): string | undefined {
  return parseStat(files.readText(`/proc/${tid}/stat`) ?? "")?.state;
}

interface ContextParts {
  readonly view: KernelView;
  readonly stat: ProcStat;
  /** A thread by which memory can be reached. */
  readonly live: number;
  readonly status: ProcStatus;
  readonly cwd: string | undefined;
  readonly tids: readonly number[];
  readonly fds: FdTable;
  readonly sockets: SocketLookup;
}

function createContext({ view, stat, live, status, cwd, tids, fds, sockets }: ContextParts): DecodeContext {
  const { files } = view.runtime;
  return {
    pgid: stat.pgid,
    memory: createMemoryReader(files, `/proc/${live}/mem`),
    fds,
    describeFd: (fd) => describeFd(fd, fds.get(fd), sockets.of(fds.get(fd))),
    resolvePath: (base, path) => resolveCallPath(base === AT_FDCWD ? cwd : fds.link(base), path),
    isFifo: (path) => {
      const mounts = view.remoteMounts(stat.pid);
      if (mounts.some((mount) => `${path}/`.startsWith(`${mount.path}/`))) return undefined;
      const found = files.stat(`/proc/${stat.pid}/root${path}`);
      return found && found.kind === "fifo";
    },
    idHere: (ownId) => status.ownId === undefined ? ownId : view.idsInside(stat.pid).get(ownId),
    processTids: new Set(tids),
    treeTids: view.treeTids,
    blockedSignals: status.signals.blocked,
    caughtSignals: status.signals.caught,
    monotonicMs: view.uptimeMs,
    epochMs: view.epochMs,
  };
}
