import type { Stack } from "../../../sample_document.ts";
import { CLOCK_TICKS_PER_SECOND } from "../../../tree/linux_lister.ts";
import type { LockFacts, ProcessFacts, ThreadFacts } from "../../facts.ts";
import type { FdFacts } from "../../facts.ts";
import type { ProcIo } from "./parse_io.ts";
import type { ProcessRecord, ThreadRecord } from "./process_record.ts";
import { cpuTicksOf } from "./read_threads.ts";

/** Over a shorter time the clock ticks say nothing, and use of the processor is that of the whole life. */
const MIN_CPU_WINDOW_MS = 50;
/** What one write to an eventfd takes (eventfd(2)). */
const WAKING_BYTES = 8;
const MS_PER_TICK = 1000 / CLOCK_TICKS_PER_SECOND;

/** What is known of a process beside its record. */
export interface ProcessExtras {
  readonly fds: readonly FdFacts[];
  readonly locks: readonly LockFacts[];
  readonly stacks: ReadonlyMap<number, readonly Stack[]>;
}

/**
 * One process as the facts show it.
 *
 * @param record of the process over the snapshots
 * @param extras what is known beside
 * @returns the facts
 */
export function assembleProcess(record: ProcessRecord, extras: ProcessExtras): ProcessFacts {
  const { first, last, states } = record;
  const { stat, status } = last;
  const observedMs = last.atMs - first.atMs;
  const io = last.io !== undefined && first.io !== undefined ? ioBetween(first.io, last.io) : undefined;
  return {
    pid: stat.pid,
    ppid: stat.ppid,
    pgid: stat.pgid,
    sid: stat.sid,
    startTime: stat.startTime,
    ageMs: last.ageMs,
    name: stat.name,
    command: last.command.length > 0 ? last.command : first.command,
    exe: last.exe ?? first.exe,
    cwd: last.cwd ?? first.cwd,
    states,
    cpuPercent: cpuPercent(cpuTicksOf(first.stat), cpuTicksOf(stat), observedMs, last.ageMs),
    rssBytes: status.rssBytes,
    swapBytes: status.swapBytes,
    io,
    majorFaults: stat.majorFaults - first.stat.majorFaults,
    tracerPid: status.tracerPid,
    signals: status.signals,
    threads: last.threads.map(({ tid }) =>
      assembleThread(record.threads.get(tid)!, observedMs, last.ageMs, extras.stacks.get(tid) ?? [])
    ),
    fds: extras.fds,
    locks: extras.locks,
    incomplete: gapsOf(record),
  };
}

function assembleThread(
  record: ThreadRecord,
  observedMs: number,
  ageMs: number,
  stacks: readonly Stack[],
): ThreadFacts {
  const { first, last } = record;
  return {
    tid: last.tid,
    name: last.name,
    states: record.states,
    cpuPercent: cpuPercent(first.cpuTicks, last.cpuTicks, observedMs, ageMs),
    wakeups: record.wakeups,
    queuedMs: first.queuedMs === undefined || last.queuedMs === undefined || observedMs === 0
      ? undefined
      : Math.round(last.queuedMs - first.queuedMs),
    idleMs: first.idleMs === undefined ? undefined : Math.round(Math.min(first.idleMs, ageMs)),
    wchan: last.wchan,
    syscall: record.syscall,
    sameSyscall: record.isSame,
    stacks,
  };
}

function cpuPercent(firstTicks: number, lastTicks: number, observedMs: number, ageMs: number): number {
  const isLong = observedMs >= MIN_CPU_WINDOW_MS;
  const usedMs = (isLong ? lastTicks - firstTicks : lastTicks) * MS_PER_TICK;
  const overMs = isLong ? observedMs : Math.max(ageMs, MS_PER_TICK);
  return Math.round((usedMs / overMs) * 1000) / 10;
}

function gapsOf({ last, isGone }: ProcessRecord): string | undefined {
  const gaps: string[] = [];
  if (isGone) gaps.push("it ended while it was looked at");
  if (!last.isLookedInto) gaps.push("the tree has too many processes to look into all of them");
  if (last.isFilesDenied) {
    gaps.push(`its files and system calls may not be looked at: it belongs to user ${last.status.uid}`);
  } else if (last.isSyscallDenied) gaps.push("its system calls may not be looked at");
  if (last.isLookedInto && last.threads.length < last.threadCount) {
    gaps.push(`${last.threads.length} of its ${last.threadCount} threads are shown`);
  }
  if (last.files.length < last.links.size) {
    gaps.push(`${last.files.length} of its ${last.links.size} open files are shown`);
  }
  return gaps.length === 0 ? undefined : gaps.join("; ");
}

/** Threads wake each other through an eventfd, which is no output. */
function ioBetween(first: ProcIo, last: ProcIo): { readBytes: number; writtenBytes: number } {
  const writtenBytes = last.writtenBytes - first.writtenBytes;
  const isWaking = writtenBytes === WAKING_BYTES * (last.writeCalls - first.writeCalls);
  return { readBytes: last.readBytes - first.readBytes, writtenBytes: isWaking ? 0 : writtenBytes };
}
