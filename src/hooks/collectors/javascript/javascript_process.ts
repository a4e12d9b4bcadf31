import type { Files } from "../../../runtime/port.ts";
import { inodeOfLink } from "../kernel/fd_kind.ts";
import { parseInetTable } from "../kernel/parse_inet_table.ts";
import { parseStatus } from "../kernel/parse_status.ts";
import { parseSyscall } from "../kernel/parse_syscall.ts";
import { syscallName } from "../kernel/syscall_names.ts";

/** What decides whether and how the inspector of a process can be reached. */
export interface JavaScriptProcess {
  readonly engine: "node" | "deno";
  readonly command: readonly string[];
  /** Of its environment; empty where it is not set or may not be read. */
  readonly nodeOptions: string;
  readonly catchesSignal: boolean;
  readonly blocksSignal: boolean;
  /** Pid of the debugger that traces it, 0 for none. */
  readonly tracerPid: number;
  /** Whether its ports can be reached from here. */
  readonly isSameNetwork: boolean;
  /** Ports of this machine at which it listens, in the order of its descriptors. */
  readonly ownPorts: readonly number[];
  /** Ports at which somebody else listens. */
  readonly takenPorts: readonly number[];
  readonly main: MainThread;
}

/** What the main thread does; while it is `blocked` no JavaScript can run, and `how` ends the sentence "it …". */
export type MainThread =
  | { readonly kind: "running" | "idle" }
  | { readonly kind: "blocked"; readonly how: string };

const ENGINE = /^(?:(node)(?:js)?(?:-?\d+)?|(deno))(?: \(deleted\))?$/;
/** A new Node has three epolls: what comes later is the loop of a `spawnSync` or of a worker. */
const EPOLLS_AT_START = 3;

/**
 * Whether a process is Node or Deno.
 *
 * @param files the host's files
 * @param pid the process
 */
export function isJavaScript(files: Files, pid: number): boolean {
  return ENGINE.test(programOf(files, pid));
}

/** Where the link leads, not the name: another program may call itself node. */
function programOf(files: Files, pid: number): string {
  return files.readLink(`/proc/${pid}/exe`)?.split("/").at(-1) ?? "";
}

/**
 * Reads what is to be known before the inspector of a process is touched.
 *
 * @param files the host's files
 * @param arch of the host
 * @param pid the process
 * @returns undefined when it is neither Node nor Deno, or has gone
 */
export function readJavaScriptProcess(
  files: Files,
  arch: string,
  pid: number,
): JavaScriptProcess | undefined {
  const directory = `/proc/${pid}`;
  const engine = ENGINE.exec(programOf(files, pid));
  const status = files.readText(`${directory}/status`);
  if (engine === null || status === undefined) return undefined;
  const { signals } = parseStatus(status);
  const { own, taken } = readListeningPorts(files, pid);
  return {
    engine: engine[1] === undefined ? "deno" : "node",
    command: (files.readText(`${directory}/cmdline`) ?? "").split("\0").slice(0, -1),
    nodeOptions: /(?:^|\0)NODE_OPTIONS=([^\0]*)/.exec(files.readText(`${directory}/environ`) ?? "")?.[1] ??
      "",
    catchesSignal: signals.caught.includes("SIGUSR1"),
    blocksSignal: signals.blocked.includes("SIGUSR1"),
    tracerPid: Number(/^TracerPid:\t(\d+)/m.exec(status)?.[1] ?? 0),
    isSameNetwork: files.readLink(`${directory}/ns/net`) === files.readLink("/proc/self/ns/net"),
    ownPorts: own,
    takenPorts: taken,
    main: /^State:\t[Tt]/m.test(status)
      ? { kind: "blocked", how: "is stopped" }
      : readMainThread(files, arch, pid),
  };
}

/**
 * The ports of this machine at which the inspector of a process and others may listen.
 *
 * @param files the host's files
 * @param pid the process
 */
export function readListeningPorts(
  files: Files,
  pid: number,
): { readonly own: readonly number[]; readonly taken: readonly number[] } {
  const listening = new Map<number, number>();
  for (const { inode, state, local } of parseInetTable(files.readText(`/proc/${pid}/net/tcp`) ?? "")) {
    const port = /^(?:127\.0\.0\.1|0\.0\.0\.0):(\d+)$/.exec(local)?.[1];
    if (state === "LISTEN" && port !== undefined) listening.set(inode, Number(port));
  }
  const own: number[] = [];
  const descriptors = (files.list(`/proc/${pid}/fd`) ?? []).map(Number).sort((a, b) => a - b);
  for (const fd of descriptors) {
    const inode = inodeOfLink(files.readLink(`/proc/${pid}/fd/${fd}`) ?? "");
    const port = inode === undefined ? undefined : listening.get(inode);
    if (port === undefined) continue;
    own.push(port);
    listening.delete(inode!);
  }
  // What listens at every address of IPv6 has those of IPv4 as well; an inspector is never opened so.
  const wide = parseInetTable(files.readText(`/proc/${pid}/net/tcp6`) ?? "").flatMap(({ state, local }) => {
    const port = /^\[::\]:(\d+)$/.exec(local)?.[1];
    return state === "LISTEN" && port !== undefined ? [Number(port)] : [];
  });
  return { own, taken: [...listening.values(), ...wide] };
}

function readMainThread(files: Files, arch: string, pid: number): MainThread {
  const call = parseSyscall(files.readText(`/proc/${pid}/syscall`) ?? "");
  if (call?.kind !== "call") return { kind: "running" };
  const name = syscallName(arch, call.number);
  // V8 wakes the futex of an `Atomics.wait` for whoever asks it something.
  if (name === undefined || name === "futex") return { kind: "running" };
  if (!name.startsWith("epoll_")) return { kind: "blocked", how: `is blocked in ${name}` };
  const epolls = (files.list(`/proc/${pid}/fd`) ?? []).map(Number).sort((a, b) => a - b)
    .filter((fd) => files.readLink(`/proc/${pid}/fd/${fd}`) === "anon_inode:[eventpoll]");
  const isFirst = epolls.indexOf(Number(call.args[0])) < EPOLLS_AT_START;
  return isFirst ? { kind: "idle" } : { kind: "blocked", how: "waits for a child in spawnSync" };
}
