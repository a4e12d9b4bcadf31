import type { CollectorRecord } from "../../sample_document.ts";
import type { ProcessEntry } from "../../tree/process_entry.ts";
import type { Facts, FdEnd, FdFacts, ProcessFacts, ThreadFacts } from "../facts.ts";
import { type LsofFd, parseLsof } from "./parse_lsof.ts";
import type { PsUsage } from "./parse_ps_usage.ts";
import { parseSample, type SampledThread } from "./parse_sample.ts";
import { syscallOfStack } from "./syscall_of_stack.ts";

/** What the tools of macOS printed about one tree. */
export interface DarwinRecording {
  readonly arch: string;
  readonly kernel: string;
  readonly cpus: number;
  readonly load?: readonly number[] | undefined;
  readonly takenAtEpochMs: number;
  readonly windowMs: number;
  readonly rootPid: number;
  /** Parents before children. */
  readonly entries: readonly ProcessEntry[];
  readonly commands: ReadonlyMap<number, readonly string[]>;
  /** One for each snapshot, oldest first. */
  readonly usage: readonly ReadonlyMap<number, PsUsage>[];
  /** Output of `sample` by pid. */
  readonly samples: ReadonlyMap<number, string>;
  /** Output of `lsof` for the whole tree. */
  readonly lsof: string;
  readonly collectors: readonly CollectorRecord[];
}

/** From this share of a core on, a thread counts as running. */
const BUSY_PERCENT = 50;

/**
 * Puts together what the tools of macOS printed. Nothing there tells signal masks, locks that are waited for or the
 * arguments of system calls: those stay empty or unknown.
 *
 * @param recording the outputs
 * @returns the facts; the ends of pipes and sockets are those inside the tree only
 */
export function assembleDarwinFacts(recording: DarwinRecording): Facts {
  const files = new Map(parseLsof(recording.lsof).map((process) => [process.pid, process]));
  const allFds = [...files.values()].flatMap(({ pid, fds }) => fds.map((fd) => ({ pid, fd })));
  const processes = recording.entries.map((entry): ProcessFacts => {
    const open = files.get(entry.pid);
    const fds = (open?.fds ?? []).map((fd) => withEnds(fd, allFds));
    const usage = recording.usage.map((snapshot) => snapshot.get(entry.pid)).filter((use) =>
      use !== undefined
    );
    const states = usage.length === 0 ? entry.state : usage.map((use) => use.state).join("");
    const usedMs = usage.length < 2 ? 0 : usage.at(-1)!.cpuMs - usage[0]!.cpuMs;
    const cpuPercent = recording.windowMs > 0 ? (usedMs / recording.windowMs) * 100 : 0;
    const sampled = parseSample(recording.samples.get(entry.pid) ?? "");
    return {
      pid: entry.pid,
      ppid: entry.ppid,
      pgid: entry.pgid,
      sid: entry.sid,
      startTime: entry.startTime,
      ageMs: Math.max(0, recording.takenAtEpochMs - entry.startTime),
      name: entry.name,
      command: recording.commands.get(entry.pid) ?? [entry.name],
      exe: open?.exe,
      cwd: open?.cwd,
      states,
      cpuPercent,
      rssBytes: usage.at(-1)?.rssBytes ?? 0,
      tracerPid: 0,
      signals: { blocked: [], ignored: [], caught: [], pending: [] },
      threads: threadsOf(entry, states, cpuPercent, sampled, fds),
      fds,
      locks: (open?.fds ?? []).flatMap((fd) =>
        fd.lock === undefined
          ? []
          : [{ type: "flock", mode: fd.lock, path: fd.target, inode: 0, held: true } as const]
      ),
      incomplete: sampled.length > 0 || states.endsWith("Z") ? undefined : "its threads could not be sampled",
    };
  });
  const root = processes.find((process) => process.pid === recording.rootPid);
  return {
    os: "darwin",
    arch: recording.arch,
    kernel: recording.kernel,
    cpus: recording.cpus,
    takenAtEpochMs: recording.takenAtEpochMs,
    windowMs: recording.windowMs,
    snapshots: recording.usage.length,
    load: recording.load,
    rootPid: recording.rootPid,
    rootExited: root === undefined || root.states.endsWith("Z"),
    outputPipes: [],
    processes,
    outsiders: [],
    collectors: recording.collectors,
  };
}

/** The main thread takes the pid for its number, as on Linux; the others keep the kernel's. */
function threadsOf(
  entry: ProcessEntry,
  states: string,
  cpuPercent: number,
  sampled: readonly SampledThread[],
  fds: readonly FdFacts[],
): ThreadFacts[] {
  const activities = sampled.map((thread) => {
    const calls = thread.stacks.map((stack) => syscallOfStack(stack.frames, fds));
    const waiting = thread.stacks.reduce(
      (sum, stack, at) => sum + (calls[at] === undefined ? 0 : stack.count),
      0,
    );
    const sameSyscall = calls[0] !== undefined && calls.every((call) => call?.name === calls[0]!.name);
    return { thread, call: calls[0], sameSyscall, running: thread.samples - waiting };
  });
  const running = activities.reduce((sum, activity) => sum + activity.running, 0);
  const facts = activities.map(({ thread, call, sameSyscall, running: own }): ThreadFacts => {
    const percent = running === 0 ? 0 : Math.min(100, (cpuPercent * own) / running);
    // `sample` cannot tell a running thread from one in a call it does not know: `ps` says how much CPU was used.
    const letter = percent >= BUSY_PERCENT ? "R" : "S";
    return {
      tid: thread.tid,
      name: thread.name,
      states: states.replace(/[RSD]/g, (state) => state === "D" && call === undefined ? "D" : letter),
      cpuPercent: percent,
      wchan: "",
      syscall: letter === "R" ? undefined : call,
      sameSyscall,
      stacks: thread.stacks,
    };
  });
  const main = Math.max(
    0,
    facts.findIndex((thread) => /^Main Thread|com\.apple\.main-thread/.test(thread.name)),
  );
  const mainFacts: ThreadFacts = facts[main] === undefined
    ? { tid: entry.pid, name: entry.name, states, cpuPercent, wchan: "", sameSyscall: false, stacks: [] }
    : { ...facts[main], tid: entry.pid, name: entry.name };
  return [mainFacts, ...facts.filter((_, at) => at !== main)];
}

function withEnds(fd: LsofFd, all: readonly { readonly pid: number; readonly fd: LsofFd }[]): FdFacts {
  const { address: _address, peerAddress, lock: _lock, ...facts } = fd;
  if (!["pipe", "unix", "tcp"].includes(fd.kind)) return facts;
  const isEnd = (other: LsofFd): boolean =>
    fd.kind === "tcp"
      ? fd.socket?.remote !== undefined && other.socket?.local === fd.socket.remote &&
        other.socket.remote === fd.socket.local
      : peerAddress !== undefined && other.address === peerAddress;
  const ends = all.filter((other) => isEnd(other.fd)).map((other): FdEnd => ({
    pid: other.pid,
    fd: other.fd.fd,
    access: other.fd.access,
  }));
  return { ...facts, ends, endsCertain: false };
}
