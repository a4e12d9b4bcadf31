import type { CollectorRecord } from "../../sample_document.ts";
import type { ProcessEntry } from "../../tree/process_entry.ts";
import type { Facts, ProcessFacts, SyscallFacts, ThreadFacts } from "../facts.ts";
import type { WindowsProcess, WindowsSample, WindowsThread } from "./parse_windows_sample.ts";

/** What PowerShell told about one tree. */
export interface WindowsRecording {
  readonly arch: string;
  readonly cpus: number;
  readonly takenAtEpochMs: number;
  readonly rootPid: number;
  /** Parents before children. */
  readonly entries: readonly ProcessEntry[];
  readonly commands: ReadonlyMap<number, readonly string[]>;
  readonly sample: WindowsSample;
  readonly collectors: readonly CollectorRecord[];
}

/** Wait reasons in words (System.Diagnostics.ThreadWaitReason). */
const REASONS: Readonly<Record<string, string>> = {
  Executive: "waits in the kernel, as for I/O",
  ExecutionDelay: "sleeps",
  Suspended: "is suspended",
  UserRequest: "waits for an object, such as a lock, an event, a process or a handle",
  EventPairHigh: "waits for an event pair",
  EventPairLow: "waits for an event pair",
  LpcReceive: "waits for a local procedure call",
  LpcReply: "waits for the answer to a local procedure call",
  FreePage: "waits for memory",
  PageIn: "waits for memory to be read from disk",
  PageOut: "waits for memory to be written to disk",
  SystemAllocation: "waits for memory of the system",
  VirtualMemory: "waits for memory",
};
const PAGING = ["FreePage", "PageIn", "PageOut", "SystemAllocation", "VirtualMemory"];

/**
 * Puts together what PowerShell told. Windows names a reason for each wait but not its object, and shows no open files
 * and no stacks to other processes: those stay empty.
 *
 * @param recording what was told
 * @returns the facts
 */
export function assembleWindowsFacts(recording: WindowsRecording): Facts {
  const looks = recording.sample.Looks;
  const windowMs = looks.length < 2 ? 0 : looks.at(-1)!.AtMs - looks[0]!.AtMs;
  const percent = (before: number | null | undefined, after: number | null | undefined): number =>
    windowMs > 0 && typeof before === "number" && typeof after === "number"
      ? Math.max(0, ((after - before) / windowMs) * 100)
      : 0;

  const processes = recording.entries.map((entry): ProcessFacts => {
    const seen = looks.map((look) => look.Processes.find((process) => process.Id === entry.pid));
    const present = seen.filter((process) => process !== undefined);
    const last = present.at(-1);
    const threads = threadsOf(entry, present, percent);
    return {
      pid: entry.pid,
      ppid: entry.ppid,
      pgid: entry.pgid,
      sid: entry.sid,
      startTime: entry.startTime,
      ageMs: Math.max(0, recording.takenAtEpochMs - entry.startTime),
      name: entry.name,
      command: recording.commands.get(entry.pid) ?? [entry.name],
      exe: last?.Path ?? undefined,
      states: threads[0]?.states ?? "?",
      cpuPercent: percent(present[0]?.CpuMs, last?.CpuMs),
      rssBytes: last?.RssBytes ?? 0,
      tracerPid: 0,
      signals: { blocked: [], ignored: [], caught: [], pending: [] },
      threads,
      fds: [],
      locks: [],
      incomplete: last === undefined
        ? "it ended, or may not be looked into"
        : seen.at(-1) === undefined
        ? "it ended while it was looked at"
        : undefined,
    };
  });
  return {
    os: "windows",
    arch: recording.arch,
    kernel: recording.sample.Kernel,
    cpus: recording.cpus,
    takenAtEpochMs: recording.takenAtEpochMs,
    windowMs,
    snapshots: looks.length,
    rootPid: recording.rootPid,
    rootExited: !processes.some((process) => process.pid === recording.rootPid),
    outputPipes: [],
    processes,
    outsiders: [],
    collectors: recording.collectors,
  };
}

/** The oldest thread is the main one and takes the pid for its number, as on Linux. */
function threadsOf(
  entry: ProcessEntry,
  present: readonly WindowsProcess[],
  percent: (before: number | null | undefined, after: number | null | undefined) => number,
): ThreadFacts[] {
  const latest = [...present.at(-1)?.Threads ?? []].sort((a, b) =>
    (a.Started ?? Infinity) - (b.Started ?? Infinity) || a.Id - b.Id
  );
  return latest.map((thread, at): ThreadFacts => {
    const over = present.map((process) => process.Threads.find((other) => other.Id === thread.Id))
      .filter((other) => other !== undefined);
    return {
      tid: at === 0 ? entry.pid : thread.Id,
      name: at === 0 ? entry.name : "",
      states: over.map(stateOf).join(""),
      cpuPercent: percent(over[0]?.CpuMs, thread.CpuMs),
      wchan: thread.Reason,
      syscall: syscallOf(thread),
      sameSyscall: over.every((other) => other.Reason === thread.Reason && other.CpuMs === thread.CpuMs),
      stacks: [],
    };
  });
}

/** The letter that Linux has for such a state. */
function stateOf(thread: WindowsThread): string {
  if (/^(Running|Ready|Standby)$/.test(thread.State)) return "R";
  if (thread.State === "Terminated") return "X";
  if (thread.Reason === "Suspended") return "T";
  return PAGING.includes(thread.Reason) ? "D" : "S";
}

/** Windows tells a reason instead of a system call; only that of a sleep says what is waited for. */
function syscallOf(thread: WindowsThread): SyscallFacts | undefined {
  const words = REASONS[thread.Reason];
  if (thread.State !== "Wait" || words === undefined) return undefined;
  return {
    number: -1,
    name: thread.Reason,
    text: `${words} (${thread.Reason})`,
    wait: thread.Reason === "ExecutionDelay" ? { kind: "sleep" } : undefined,
  };
}
