import type { Frame } from "../../sample_document.ts";
import type { FdFacts, SyscallFacts, Wait } from "../facts.ts";

/** `sample` names the function of a system call, never its number or its arguments. */
const NUMBER_UNKNOWN = -1;

const READS = ["read", "readv", "recv", "recvfrom", "recvmsg"];
const WRITES = ["write", "writev", "send", "sendto", "sendmsg"];
const POLLS = ["poll", "select", "pselect"];
const EVENT_LOOPS = ["kevent", "kevent64", "kevent_qos", "kevent_id"];
const LOCKS = ["psynch_mutexwait", "psynch_rw_rdlock", "psynch_rw_wrlock"];
const CONDITIONS = ["psynch_cvwait", "ulock_wait", "ulock_wait2"];
const SEMAPHORES = [
  "semaphore_wait_trap",
  "semaphore_wait_signal_trap",
  "semaphore_timedwait_trap",
  "semaphore_timedwait_signal_trap",
  "sem_wait",
  "semop",
];
const SIGNALS = ["sigsuspend", "sigwait"];
/** Calls that wait for something that no `Wait` describes: a message of the system, work for a pool. */
const OTHERS = ["mach_msg_trap", "mach_msg2_trap", "mach_msg_overwrite_trap", "workq_kernreturn"];

/**
 * Tells from the innermost frame what a thread of macOS waits for. The frame names the call but not its arguments:
 * a file descriptor is only filled in where a single open file can be meant.
 *
 * @param frames innermost first
 * @param fds the open files of the process
 * @returns the call; undefined when the frame is not one that waits
 */
export function syscallOfStack(
  frames: readonly Frame[],
  fds: readonly FdFacts[],
): SyscallFacts | undefined {
  const top = frames[0]?.function ?? "";
  // Each call has variants: __read_nocancel, read$NOCANCEL, __select_darwinextsn, recvfrom$UNIX2003.
  const name = top.replace(/\$.*$/, "").replace(/^_+/, "").replace(/_(nocancel|darwinextsn)$/, "");
  const wait = waitOf(name, frames, fds);
  if (wait === undefined && !OTHERS.includes(name) && !isWaitingCall(name)) return undefined;
  const fd = wait !== undefined && "fd" in wait ? fds.find((entry) => entry.fd === wait.fd) : undefined;
  const args = fd === undefined ? "…" : `${fd.fd}<${fd.target}>, …`;
  return { number: NUMBER_UNKNOWN, name, text: `${name}(${args})`, wait };
}

/** Whether it is a call whose file could not be told. */
function isWaitingCall(name: string): boolean {
  return READS.includes(name) || WRITES.includes(name) ||
    ["accept", "connect", "flock", "fcntl"].includes(name);
}

function waitOf(name: string, frames: readonly Frame[], fds: readonly FdFacts[]): Wait | undefined {
  const called = (pattern: RegExp): boolean => frames.some((frame) => pattern.test(frame.function));
  if (READS.includes(name)) return onFd("read", fds.filter((fd) => canBlock(fd) && fd.access !== "write"));
  if (WRITES.includes(name)) return onFd("write", fds.filter((fd) => canBlock(fd) && fd.access !== "read"));
  if (name === "accept") return onFd("accept", fds.filter((fd) => fd.socket?.state === "LISTEN"));
  if (name === "connect") return onFd("connect", fds.filter((fd) => fd.socket?.state === "SYN_SENT"));
  if (name === "flock") return lockOn("flock", fds);
  // Of all that fcntl does, only waiting for a lock takes time.
  if (name === "fcntl") return lockOn("posix", fds);
  if (name === "wait4" || name === "waitid") return { kind: "child" };
  if (EVENT_LOOPS.includes(name) || POLLS.includes(name)) return pollOf(EVENT_LOOPS.includes(name), fds);
  if (LOCKS.includes(name)) return { kind: "futex", address: "", shape: "mutex" };
  if (CONDITIONS.includes(name)) {
    return { kind: "futex", address: "", shape: called(/^_?pthread_join/) ? "join" : "other" };
  }
  if (name === "semwait_signal") {
    // The C library sleeps by waiting for a semaphore that nobody has.
    return called(/^_?(nanosleep|usleep|sleep)\b/) || !called(/pthread/)
      ? { kind: "sleep" }
      : { kind: "futex", address: "", shape: called(/^_?pthread_join/) ? "join" : "other" };
  }
  if (SEMAPHORES.includes(name)) return { kind: "ipc", what: "semaphore" };
  if (name === "msgrcv" || name === "msgsnd") return { kind: "ipc", what: "message-queue" };
  if (SIGNALS.includes(name)) return { kind: "signal", signals: [] };
  return undefined;
}

/** The files that it may be waiting for: all that can become ready. */
function pollOf(epoll: boolean, fds: readonly FdFacts[]): Wait {
  const watched = fds.filter((fd) => canBlock(fd) && fd.fd > 2).map((fd) => ({
    fd: fd.fd,
    events: [fd.access === "write" ? "write" as const : "read" as const],
  }));
  return { kind: "poll", fds: watched, epoll };
}

function onFd(
  kind: "read" | "write" | "accept" | "connect",
  candidates: readonly FdFacts[],
): Wait | undefined {
  return candidates.length === 1 ? { kind, fd: candidates[0]!.fd } : undefined;
}

function lockOn(type: "flock" | "posix", fds: readonly FdFacts[]): Wait | undefined {
  const candidates = fds.filter((fd) => fd.kind === "file" && fd.fd > 2);
  return candidates.length === 1 ? { kind: "file-lock", fd: candidates[0]!.fd, type } : undefined;
}

function canBlock(fd: FdFacts): boolean {
  return ["pipe", "fifo", "unix", "tcp", "udp", "terminal"].includes(fd.kind) &&
    fd.socket?.state !== "LISTEN";
}
