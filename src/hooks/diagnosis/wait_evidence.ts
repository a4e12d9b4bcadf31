import { formatDuration } from "../../duration.ts";
import { visibleText } from "../../visible_text.ts";
import type { FdFacts } from "../facts.ts";
import { gapsOf } from "../gaps_of.ts";
import { chainLinks } from "./chain_links.ts";
import { threadLabel } from "./thread_label.ts";
import { isAwake } from "./is_awake.ts";
import { stateWords } from "../state_words.ts";
import { lockOwners } from "./lock_owners.ts";
import { frameText, placedFrames } from "./source_place.ts";
import type { Stand } from "./stand.ts";
import { isHeldByReaders, isPipeLike, otherEnds } from "./streams.ts";
import { taskEvidence } from "./task_words.ts";
import { traceWaits } from "./trace_waits.ts";
import type { WaitGraph } from "./wait_graph.ts";

const FRAMES_SHOWN = 4;
const LINKS_SHOWN = 4;
const RESOURCES_SHOWN = 8;

/**
 * What was seen of the process to blame: its call and stack, who is at the other end and what that one does.
 *
 * @param graph the wait-for graph
 * @param stand where the process stands
 * @returns sentences, the most telling first
 */
export function waitEvidence(graph: WaitGraph, stand: Stand): string[] {
  const kept = keptByLoop(stand);
  // What a loop is for says more than the call in which it waits for it.
  const isLoop = stand.wait.kind === "loop";
  return [
    ...isLoop ? kept : [],
    ...seenCalls(graph, stand),
    ...seenPlaces(stand),
    ...isLoop ? [] : kept,
    ...sameLock(stand),
    ...otherSides(graph, stand),
    ...circumstances(graph, stand),
  ];
}

function* seenCalls(
  { index: { facts } }: WaitGraph,
  { process, thread, wait, chosen, loop }: Stand,
): Generator<string> {
  const over = ` of ${facts.snapshots} looks over ${formatDuration(facts.windowMs)}`;
  const looks = facts.snapshots > 1 ? ` in ${thread.sameSyscall ? "each" : "the last"}${over}` : "";
  const who = thread.tid === process.pid ? "It" : `Its ${threadLabel(process, thread.tid)}`;
  const last = thread.states.at(-1);
  if (wait.kind === "busy" || wait.kind === "stopped" || wait.kind === "disk") {
    const times = [...thread.states].filter((state) => state === last).length;
    if (last !== undefined) {
      yield `${who} was ${stateWords(last)}${facts.snapshots > 1 ? ` in ${times}${over}` : ""}`;
    }
  } else if (thread.syscall !== undefined) yield `${who} was in ${thread.syscall.text}${looks}`;
  if (chosen !== undefined) yield visibleText(chosen);
  if (loop !== undefined && loop.besides.length > 0) {
    yield visibleText(`The same loop also waits for ${loop.besides.slice(0, 5).join(", ")}`);
  }
}

function* seenPlaces({ process, thread, wait, tasks }: Stand): Generator<string> {
  const frames = tasks === undefined ? placedFrames(process, thread, FRAMES_SHOWN) : [];
  if (frames.length > 0) yield `It is at ${frames.map(frameText).join(", called by ")}`;
  if (tasks !== undefined || wait.kind === "loop") yield* taskEvidence(process, tasks?.task);
}

function keptByLoop({ process: { activeResources: kept = [] } }: Stand): string[] {
  if (kept.length === 0) return [];
  const more = kept.length > RESOURCES_SHOWN ? `, and ${kept.length - RESOURCES_SHOWN} more` : "";
  return [`Its event loop keeps: ${kept.slice(0, RESOURCES_SHOWN).map(visibleText).join("; ")}${more}`];
}

function* sameLock({ process, thread, wait }: Stand): Generator<string> {
  if (wait.kind !== "lock") return;
  const same = process.threads.filter((other) => {
    const theirs = other.syscall?.wait;
    return other.tid !== thread.tid && theirs?.kind === "futex" && theirs.address === wait.address;
  });
  if (same.length > 0) {
    yield `${counted(same.length, "other thread")} ${same.length === 1 ? "waits" : "wait"} there too`;
  }
}

/** The processes at the other end of what is waited for, each with what it does itself. */
function* otherSides(graph: WaitGraph, stand: Stand): Generator<string> {
  const { index } = graph;
  const { wait, process } = stand;
  if (wait.kind === "stopped" && process.tracerPid !== 0 && process.tracerPid !== process.pid) {
    yield doing(graph, process.tracerPid, "traces it");
  }
  if (wait.kind === "file-lock") {
    for (const pid of lockOwners(wait.holders, process.pid).slice(0, 3)) {
      yield doing(graph, pid, "holds the lock");
    }
  }
  const stream = streamOf(stand);
  if (stream === undefined) return;
  const { file, direction } = stream;
  const ends = otherEnds(file, direction);
  if (isPipeLike(file) && direction === "read" && isHeldByReaders(index, file)) {
    const held = process.fds.find((other) => other.target === file.target && other.access !== "read");
    const which = held === undefined ? "" : ` (descriptor ${held.fd} of ${index.label(process.pid)})`;
    yield `Every holder of the write end${which} is itself waiting to read: it was inherited and never closed, so the end of the file cannot come`;
    return;
  }
  for (const pid of ends.filter((pid) => pid !== process.pid).slice(0, 3)) {
    const end = isPipeLike(file)
      ? `holds the ${direction === "read" ? "writing" : "reading"} end`
      : "is at the other end";
    yield doing(graph, pid, end);
  }
  yield* unaccepted(graph, file);
  const queued = file.socket?.receiveQueue ?? 0;
  if (direction === "read" && queued > 0 && file.socket?.state !== "LISTEN") {
    yield `On this connection ${counted(queued, "byte")} arrived and are not read`;
  }
  const unsent = file.socket?.sendQueue ?? 0;
  if (unsent > 0 && file.socket?.state !== "SYN_SENT") {
    yield `Of what it sent on this connection ${counted(unsent, "byte")} were not taken by the other side`;
  }
}

/** What the wait is at: the stream itself, or the file that a loop waits for. */
function streamOf(
  { wait, loop }: Stand,
): { readonly file: FdFacts; readonly direction: "read" | "write" } | undefined {
  if (wait.kind === "stream") return wait;
  const focus = loop?.focus;
  if (focus?.role === "client" || focus?.role === "pipe" || focus?.role === "stdin") {
    return { file: focus.file, direction: "read" };
  }
  if (focus?.role === "writer") return { file: focus.file, direction: "write" };
  if (wait.kind === "connect" && wait.file !== undefined) return { file: wait.file, direction: "read" };
  return focus?.role === "connecting" ? { file: focus.file, direction: "read" } : undefined;
}

/** A connection whose other end nobody has open sits in the queue of a listener that does not accept. */
function* unaccepted({ index }: WaitGraph, { kind, socket }: FdFacts): Generator<string> {
  const { processes } = index.facts;
  const remote = socket?.remote;
  if (remote === undefined || remote === "") return;
  const isAccepted = processes.some(({ fds }) =>
    fds.some((other) => isOtherEnd(other, kind, remote, socket?.local))
  );
  if (isAccepted) return;
  const isAt = (local: string): boolean =>
    kind === "tcp" ? portOf(local) === portOf(remote) : local === remote;
  for (const process of processes) {
    const listener = process.fds.find((other) =>
      other.kind === kind && other.socket?.state === "LISTEN" && isAt(other.socket.local ?? "")
    );
    if (listener === undefined) continue;
    const queued = listener.socket?.receiveQueue ?? 0;
    const queue = queued > 0 ? `, with ${counted(queued, "connection")} waiting to be accepted` : "";
    yield `${remote} is a listening socket of ${
      index.label(process.pid)
    }${queue}; this connection was not accepted`;
    return;
  }
}

/** Unix sockets that were accepted carry the listener's path. */
function isOtherEnd(
  { kind, socket }: FdFacts,
  wanted: string,
  remote: string,
  local: string | undefined,
): boolean {
  if (kind !== wanted || socket === undefined || socket.state === "LISTEN" || socket.local !== remote) {
    return false;
  }
  return kind === "unix" || socket.remote === local;
}

function portOf(address: string): string {
  return address.slice(address.lastIndexOf(":"));
}

/** What another process does, and those that it waits for itself. */
function doing(graph: WaitGraph, pid: number, role: string): string {
  const { index, stands } = graph;
  const stand = stands.of(pid);
  if (stand === undefined) return `${index.label(pid)} ${role}`;
  const trail = traceWaits(graph, stand);
  const links = chainLinks(index, trail.cycle === undefined ? trail.steps : trail.steps.slice(0, 1));
  return `${index.label(pid)} ${role}; it ${
    links.slice(0, LINKS_SHOWN).map((link) => link.waits).join(", which ")
  }`;
}

function* circumstances({ index }: WaitGraph, { process, thread, wait }: Stand): Generator<string> {
  const command = process.command.join(" ");
  if (command !== "") yield `Its command line is: ${visibleText(clip(command))}`;
  if (wait.kind === "sleep" && wait.durationMs !== undefined && process.threads.length === 1) {
    if (process.ageMs < wait.durationMs) {
      yield `It runs for ${formatDuration(process.ageMs)} now, so it sleeps for ${
        formatDuration(wait.durationMs - process.ageMs)
      } more at least`;
    }
  }
  if (process.ageMs < index.facts.windowMs && process.pid !== index.facts.rootPid) {
    yield `It was started only ${
      formatDuration(process.ageMs)
    } before: such processes come and go, so the one that starts them is not stuck`;
  }
  const { pending, blocked } = process.signals;
  if (pending.length > 0 && pending.every((signal) => blocked.includes(signal))) {
    yield `${
      pending.length === 1
        ? `The signal ${pending[0]} has come to it`
        : `Signals have come to it (${pending.join(", ")})`
    }, but without effect: it blocks ${pending.length === 1 ? "that signal" : "these signals"}`;
  } else if (wait.kind === "signal" && pending.length > 0) yield `Pending signals: ${pending.join(", ")}`;
  if (process.tracerPid !== 0 && wait.kind !== "stopped") {
    yield `A debugger is attached to it (pid ${process.tracerPid})`;
  }
  const zombies = index.zombieChildren(process.pid);
  if (zombies.length > 0) {
    yield `${
      zombies.length === 1 ? "A child of it has" : `${zombies.length} children of it have`
    } ended and ${zombies.length === 1 ? "was" : "were"} not waited for (${
      zombies.slice(0, 3).map((child) => index.label(child.pid)).join(", ")
    })`;
  }
  const gaps = gapsOf(process);
  if (gaps !== undefined) yield `Not all of it could be seen: ${visibleText(gaps)}`;
  if (isAwake(index.facts, thread) && wait.kind !== "busy" && wait.kind !== "stopped") {
    const times = thread.wakeups === undefined || thread.wakeups === 0
      ? ""
      : ` ${thread.wakeups} ${thread.wakeups === 1 ? "time" : "times"}`;
    yield `It woke up${times} while it was watched, so it is not wholly stuck`;
  }
  const written = process.io?.writtenBytes ?? 0;
  if (written > 0) yield `It wrote ${counted(written, "byte")} while it was watched`;
}

function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? "" : "s"}`;
}

function clip(text: string): string {
  return text.length <= 200 ? text : `${text.slice(0, 199)}…`;
}
