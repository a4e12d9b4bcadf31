import type { PreKillContext } from "../hook.ts";
import type {
  Diagnosis,
  SampleDocument,
  SampleFd,
  SampleProcess,
  SampleThread,
} from "../../sample_document.ts";
import { indexFacts, type TreeIndex } from "../diagnosis/tree_index.ts";
import type { Facts, FdFacts, ProcessFacts, ThreadFacts } from "../facts.ts";
import { gapsOf } from "../gaps_of.ts";
import { redactEnvironment } from "./redact_environment.ts";
import { tellThread } from "./tell_thread.ts";

/** What a sample tells of the attempt. */
export type SampleContext = Pick<
  PreKillContext,
  | "testName"
  | "testFile"
  | "attempt"
  | "command"
  | "cwd"
  | "reason"
  | "elapsedMs"
  | "outputTail"
  | "sampleEnvironment"
>;

/**
 * Puts facts and diagnosis into the schema `prekill.sample/1`.
 *
 * @param facts what was collected
 * @param diagnosis what it means
 * @param context the attempt
 */
export function toSampleDocument(facts: Facts, diagnosis: Diagnosis, context: SampleContext): SampleDocument {
  const index = indexFacts(facts);
  return {
    schema: "prekill.sample/1",
    test: {
      name: context.testName,
      file: context.testFile,
      attempt: context.attempt,
      command: context.command,
      cwd: context.cwd,
    },
    reason: context.reason,
    takenAt: new Date(facts.takenAtEpochMs).toISOString(),
    elapsedMs: context.elapsedMs,
    windowMs: facts.windowMs,
    host: {
      os: facts.os,
      arch: facts.arch,
      kernel: facts.kernel,
      cpus: facts.cpus,
      load: facts.load,
      pressure: facts.pressure,
    },
    diagnosis,
    processes: facts.processes.map((process) => toSampleProcess(index, process)),
    collectors: facts.collectors,
    outputTail: context.outputTail === "" ? undefined : context.outputTail,
    environment: context.sampleEnvironment && facts.environment !== undefined
      ? redactEnvironment(facts.environment)
      : undefined,
  };
}

function toSampleProcess(index: TreeIndex, process: ProcessFacts): SampleProcess {
  return {
    pid: process.pid,
    ppid: process.ppid,
    pgid: process.pgid,
    sid: process.sid,
    command: process.command,
    name: process.name,
    cwd: process.cwd,
    state: process.states.at(-1) ?? "?",
    cpuPercent: process.cpuPercent,
    rssBytes: process.rssBytes,
    ageMs: process.ageMs,
    threads: process.threads.map((thread) => toSampleThread(process, thread)),
    fds: process.fds.map((file) => toSampleFd(index, process.pid, file)),
    activeResources: process.activeResources,
    runtime: process.runtime,
    tasks: process.tasks?.map(({ kind, id, name, state, count, frames, waitsFor }) => ({
      kind,
      id,
      name,
      state,
      count,
      frames,
      waitsFor,
    })),
    incomplete: gapsOf(process),
  };
}

function toSampleThread(process: ProcessFacts, thread: ThreadFacts): SampleThread {
  const { tid, language } = thread;
  return {
    tid,
    name: language?.name ?? thread.name,
    state: thread.states.at(-1) ?? "?",
    cpuPercent: thread.cpuPercent,
    wchan: thread.wchan,
    syscall: thread.syscall?.text,
    stacks: thread.stacks,
    told: language === undefined ? undefined : tellThread(process, tid, language),
    isInternal: language?.isInternal,
  };
}

function toSampleFd(index: TreeIndex, pid: number, file: FdFacts): SampleFd {
  return { fd: file.fd, kind: file.kind, target: file.target, peer: describePeer(index, pid, file) };
}

/** Who holds the other end, or what else is known of a file, in words. */
function describePeer(index: TreeIndex, ownPid: number, file: FdFacts): string | undefined {
  const parts: string[] = [];
  const socket = file.socket;
  if (socket !== undefined) {
    const ends = socket.state === "LISTEN"
      ? `listens at ${socket.local ?? "an unnamed address"}`
      : [socket.local, socket.remote].filter((end) => end !== undefined && end !== "").join(" to ");
    parts.push(ends === "" ? socket.state : socket.state === "LISTEN" ? ends : `${ends}, ${socket.state}`);
    if ((socket.receiveQueue ?? 0) > 0 && socket.state !== "LISTEN") {
      parts.push(`${socket.receiveQueue} bytes unread`);
    }
    if ((socket.sendQueue ?? 0) > 0) parts.push(`${socket.sendQueue} bytes not taken`);
  }
  const ends = [...new Set((file.ends ?? []).map((end) => end.pid))];
  if (ends.length > 0) {
    const names = ends.slice(0, 3).map((pid) => pid === ownPid ? "itself" : index.label(pid));
    parts.push(`other end: ${names.join(", ")}${ends.length > 3 ? ` and ${ends.length - 3} more` : ""}`);
  } else if (file.ends !== undefined && file.endsCertain !== false && file.kind === "pipe") {
    parts.push("other end: closed");
  }
  if (file.pid !== undefined) parts.push(`process: ${index.label(file.pid)}`);
  if (file.signals !== undefined) parts.push(`signals: ${file.signals.join(", ")}`);
  if (file.remainingMs !== undefined) parts.push(`due in ${Math.round(file.remainingMs)} ms`);
  if (file.watches !== undefined && file.watches.length > 0) {
    parts.push(`watches ${file.watches.slice(0, 5).join(", ")}${file.watches.length > 5 ? ", …" : ""}`);
  }
  return parts.length === 0 ? undefined : parts.join("; ");
}
