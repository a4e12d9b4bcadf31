import type { Files } from "../../../runtime/port.ts";
import { parseStatus } from "../kernel/parse_status.ts";

/** What decides whether and how a JVM can be asked for its threads. */
export interface JavaProcess {
  readonly pid: number;
  /** Its pid as the process itself sees it, which differs in a container. */
  readonly ownPid: number;
  /** Effective user id. */
  readonly uid: number;
  /** Effective user id of prekill. */
  readonly askerUid: number;
  /** Whether it answers root, too: not before Java 9, and not the root of another user namespace. */
  readonly answersRoot: boolean;
  /** Eclipse OpenJ9 is asked in other ways. */
  readonly isOpenJ9: boolean;
  readonly isStopped: boolean;
  /** Whether SIGQUIT is handled by the JVM; without that it may be deadly. */
  readonly catchesQuit: boolean;
  /** Whether it was told to refuse. */
  readonly isAttachDisabled: boolean;
  /** Of its attach socket; undefined when nothing is there. */
  readonly socket?: { readonly isSocket: boolean; readonly uid: number; readonly mode: number } | undefined;
}

/** A JVM has more than ten of its own. */
const MIN_THREADS = 5;
const MAX_MAPS_BYTES = 4 * 1024 * 1024;
const LIBRARY = /^.* (\/\S.*\/libjvm\.so)(?: \(deleted\))?$/m;
/** Up to Java 8 the path has the architecture in it: `jre/lib/amd64/server/libjvm.so`. */
const OLD_LIBRARY = /\/lib\/[^/]+\/(?:server|client|minimal|zero)\/libjvm\.so$/;
/** The JVM's thread for signals, which it does not start when it leaves them alone; cut off by the kernel. */
const SIGNAL_THREAD = "Signal Dispatch";
const DISABLED = /-XX:\+DisableAttachMechanism\b/;

/**
 * Reads what is to be known of a process before it is asked for its threads.
 *
 * @param files the host's files
 * @param pid the process
 * @param threadCount how many threads it has
 * @returns undefined when it is no JVM, may not be looked into, or has gone
 */
export function readJavaProcess(files: Files, pid: number, threadCount: number): JavaProcess | undefined {
  const directory = `/proc/${pid}`;
  if (threadCount < MIN_THREADS) return undefined;
  const maps = files.readText(`${directory}/maps`, MAX_MAPS_BYTES) ?? "";
  const library = LIBRARY.exec(maps)?.[1];
  const status = files.readText(`${directory}/status`);
  if (library === undefined || status === undefined) return undefined;
  const { uid, signals, ownId: ownPid = pid } = parseStatus(status);
  const socket = files.stat(socketPath({ pid, ownPid }));
  const options = ["cmdline", "environ"].map((name) => files.readText(`${directory}/${name}`) ?? "");
  return {
    pid,
    ownPid,
    uid,
    askerUid: parseStatus(files.readText("/proc/self/status") ?? "").uid,
    answersRoot: !OLD_LIBRARY.test(library) &&
      files.readLink(`${directory}/ns/user`) === files.readLink("/proc/self/ns/user"),
    isOpenJ9: /\/libj9vm\d*\.so/.test(maps),
    isStopped: /^State:\s+[Tt]/m.test(status),
    catchesQuit: signals.caught.includes("SIGQUIT") && hasSignalThread(files, pid),
    isAttachDisabled: options.some((text) => DISABLED.test(text)),
    socket: socket && { isSocket: socket.kind === "socket", uid: socket.uid, mode: socket.mode },
  };
}

/**
 * Where a JVM listens once it has been asked to.
 *
 * @param process its pid here and there
 */
export function socketPath({ pid, ownPid }: Pick<JavaProcess, "pid" | "ownPid">): string {
  return `/proc/${pid}/root/tmp/.java_pid${ownPid}`;
}

/**
 * The threads of a process.
 *
 * @param files the host's files
 * @param pid the process
 * @returns their numbers here; empty when it has gone
 */
export function listThreads(files: Files, pid: number): number[] {
  return (files.list(`/proc/${pid}/task`) ?? []).map(Number);
}

function hasSignalThread(files: Files, pid: number): boolean {
  return listThreads(files, pid).some((tid) =>
    files.readText(`/proc/${pid}/task/${tid}/comm`)?.trimEnd() === SIGNAL_THREAD
  );
}
