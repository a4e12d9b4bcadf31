import type { Files } from "../../../runtime/port.ts";
import type { SyscallFacts } from "../../facts.ts";
import type { ProcStat } from "../../../tree/parse_stat.ts";
import { parseStat } from "../../../tree/parse_stat.ts";
import { isDead } from "../../../tree/process_entry.ts";
import { callKey } from "./call_key.ts";
import type { DecodeContext } from "./decode/decoder.ts";
import { decodeSyscall, RESTART_SYSCALL } from "./decode/decode_syscall.ts";
import type { KernelView } from "./kernel_view.ts";
import { parseLastRan, SCHED_BYTES } from "./parse_last_ran.ts";
import { parseSchedstat } from "./parse_schedstat.ts";
import { parseStatus } from "./parse_status.ts";
import { parseSyscall, type SyscallLine } from "./parse_syscall.ts";
import { restartedCall } from "./restarted_call.ts";
import { syscallName, syscallNumber } from "./syscall_names.ts";

/** Threads that are looked into per process. */
export const MAX_THREADS = 500;
/** Threads of which it is read when they last ran: the kernel writes a long text for each. */
const MAX_IDLE_THREADS = 64;
/** A 64-bit program's stack is never below; the numbers of 32-bit system calls are other ones. */
const LOWEST_64_BIT_STACK = 1n << 32n;

/** One thread at one moment. */
export interface ThreadSnapshot {
  readonly tid: number;
  readonly name: string;
  readonly state: string;
  readonly cpuTicks: number;
  /** Voluntary context switches so far; undefined where they cannot be read. */
  readonly switches?: number | undefined;
  /** How long it has waited for a processor so far. */
  readonly queuedMs?: number | undefined;
  /** How long ago it last ran. */
  readonly idleMs?: number | undefined;
  readonly wchan: string;
  readonly syscall?: SyscallFacts | undefined;
  /** Equal for equal calls with equal arguments; empty when it is in none or that cannot be seen. */
  readonly callKey: string;
  /** Whether the kernel has begun the call anew, by which arguments in memory may have changed. */
  readonly isRestarted?: boolean;
}

/** The threads of one process at one moment. */
export interface ThreadsSnapshot {
  /** The main thread first. */
  readonly threads: readonly ThreadSnapshot[];
  /** Whether some thread's system call may not be looked at. */
  readonly isSyscallDenied: boolean;
}

/**
 * Reads the threads of a process: the main thread, the first ones up to `MAX_THREADS`, and those that these wait for.
 *
 * @param view of this snapshot
 * @param pid the process
 * @param tids its threads
 * @param context for decoding their system calls
 * @returns what could be read; threads that end meanwhile are left out
 */
export function readThreads(
  view: KernelView,
  pid: number,
  tids: readonly number[],
  context: DecodeContext,
): ThreadsSnapshot {
  const wanted = tids.includes(pid) ? [pid, ...tids.filter((tid) => tid !== pid)] : [...tids];
  const chosen = new Set(wanted.slice(0, MAX_THREADS));
  const threads: ThreadSnapshot[] = [];
  let isSyscallDenied = false;
  // A set goes on with what is added while it is walked.
  for (const tid of chosen) {
    const read = readThread(
      view,
      `/proc/${pid}/task/${tid}`,
      tid,
      context,
      threads.length < MAX_IDLE_THREADS,
    );
    if (read === undefined) continue;
    threads.push(read.thread);
    isSyscallDenied ||= read.isSyscallDenied;
    const wait = read.thread.syscall?.wait;
    if (wait?.kind !== "futex") continue;
    for (const other of [wait.ownerTid, wait.joinsTid]) {
      if (other !== undefined && context.processTids.has(other)) chosen.add(other);
    }
  }
  return { threads, isSyscallDenied };
}

function readThread(
  view: KernelView,
  directory: string,
  tid: number,
  context: DecodeContext,
  isIdleWanted: boolean,
): { thread: ThreadSnapshot; isSyscallDenied: boolean } | undefined {
  const { files } = view.runtime;
  const stat = parseStat(files.readText(`${directory}/stat`) ?? "");
  if (stat === undefined) return undefined;
  const text = files.readText(`${directory}/syscall`);
  const line = text === undefined ? undefined : parseSyscall(text);
  const wchan = readWchan(files, directory);
  const call = readCall(view, line, wchan, context);
  const wait = call.syscall?.wait;
  // An owner that was read when the thread had gone on is that of another moment.
  const isTrue = wait?.kind !== "futex" || wait.ownerTid === undefined ||
    files.readText(`${directory}/syscall`) === text;
  const thread: ThreadSnapshot = {
    tid,
    name: stat.name,
    state: stat.state,
    cpuTicks: cpuTicksOf(stat),
    switches: parseStatus(files.readText(`${directory}/status`) ?? "").voluntarySwitches,
    queuedMs: parseSchedstat(files.readText(`${directory}/schedstat`) ?? ""),
    idleMs: isIdleWanted ? readIdleMs(view, directory) : undefined,
    wchan,
    ...call,
    ...(isTrue ? {} : { callKey: "" }),
  };
  return { thread, isSyscallDenied: text === undefined && !isDead(stat) };
}

function readIdleMs({ runtime: { files }, schedulerMs }: KernelView, directory: string): number | undefined {
  const lastRanMs = parseLastRan(files.readText(`${directory}/sched`, SCHED_BYTES) ?? "");
  return schedulerMs === undefined || lastRanMs === undefined
    ? undefined
    : Math.max(0, schedulerMs - lastRanMs);
}

function readWchan(files: Files, directory: string): string {
  const text = files.readText(`${directory}/wchan`)?.trim() ?? "";
  // A kernel without symbol names says 0.
  return text === "0" ? "" : text;
}

/** Processor time so far, in clock ticks. */
export function cpuTicksOf(stat: ProcStat): number {
  return stat.userTicks + stat.systemTicks;
}

function readCall(
  view: KernelView,
  line: SyscallLine | undefined,
  wchan: string,
  context: DecodeContext,
): Pick<ThreadSnapshot, "syscall" | "callKey" | "isRestarted"> {
  if (line?.kind !== "call" || line.stackPointer < LOWEST_64_BIT_STACK) return { callKey: "" };
  const { arch } = view.runtime;
  const isRestarted = syscallName(arch, line.number) === RESTART_SYSCALL;
  const name = isRestarted ? restartedCall(line.args, wchan) : undefined;
  const number = (name === undefined ? undefined : syscallNumber(arch, name)) ?? line.number;
  const syscall = decodeSyscall(arch, number, line.args, context);
  return { syscall, callKey: callKey(line, syscall, context), isRestarted };
}
