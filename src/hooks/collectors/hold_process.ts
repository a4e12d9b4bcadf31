import { GUARD_NAME } from "../../guard_name.ts";
import type { Child, Runtime } from "../../runtime/port.ts";
import { parseStat } from "../../tree/parse_stat.ts";
import { parseStatus } from "./kernel/parse_status.ts";

/** What came of holding a process. */
export interface HeldResult<T> {
  readonly value: T;
  /** From the stop signal to the one that ends the stop. */
  readonly heldMs: number;
}

/** Lets the process go on when the pipe ends without a word, for then whoever held it has died. */
const PROGRAM = 'read -r word || kill -s CONT "$1"';
/** Threads that are in uninterruptible calls do not stop, and others may have to wait for a processor. */
const MAX_STOP_MS = 5;

/**
 * Stops a process for the moment in which it is read, so that nothing changes meanwhile, and lets it go on, also when
 * this program is killed. All of it happens before the call returns, so that nobody else here sees the process stopped.
 *
 * A process is left alone when that would show: when it is stopped or traced already, handles SIGCONT, or has a
 * terminal, where a shell would take it for one that its user has stopped. Its parent may see the stop with `waitpid`
 * and `WUNTRACED`, so that only what is ended afterwards should be held.
 *
 * @param runtime the host
 * @param pid the process
 * @param read looks at it; short, and synchronous
 * @returns what `read` returned; undefined when the process was not held
 */
export function holdProcess<T>(runtime: Runtime, pid: number, read: () => T): HeldResult<T> | undefined {
  if (!mayBeHeld(runtime, pid)) return undefined;
  const guard = startGuard(runtime, pid);
  if (guard === undefined) return undefined;
  const startMs = performance.now();
  let value: { readonly value: T } | undefined;
  try {
    if (runtime.kill(pid, "SIGSTOP") === "sent" && hasStopped(runtime, pid, startMs)) {
      value = { value: read() };
    }
  } finally {
    runtime.kill(pid, "SIGCONT");
    dismiss(guard);
  }
  return value && { ...value, heldMs: performance.now() - startMs };
}

function mayBeHeld({ files }: Runtime, pid: number): boolean {
  const text = files.readText(`/proc/${pid}/stat`) ?? "";
  const stat = parseStat(text);
  if (stat === undefined || !/[RSD]/.test(stat.state) || hasTerminal(text)) return false;
  const { tracerPid, signals } = parseStatus(files.readText(`/proc/${pid}/status`) ?? "");
  return tracerPid === 0 && !signals.caught.includes("SIGCONT");
}

/** Field 7 of `/proc/PID/stat`. */
function hasTerminal(text: string): boolean {
  return text.slice(text.lastIndexOf(")") + 2).split(" ")[4] !== "0";
}

function startGuard(runtime: Runtime, pid: number): Child | undefined {
  try {
    return runtime.spawn({
      program: "/bin/sh",
      args: ["-c", PROGRAM, GUARD_NAME, String(pid)],
      cwd: "/",
      env: {},
      // So that what ends the group of this program does not end the guard as well.
      newSession: true,
      stdin: "piped",
      stdout: "null",
      stderr: "null",
    });
  } catch {
    return undefined;
  }
}

/** Waits for the stop, which each thread makes by itself. */
function hasStopped({ files }: Runtime, pid: number, startMs: number): boolean {
  const isStopped = (tid: string): boolean =>
    /^[TtZXx]?$/.test(parseStat(files.readText(`/proc/${pid}/task/${tid}/stat`) ?? "")?.state ?? "");
  do {
    const tids = files.list(`/proc/${pid}/task`);
    if (tids === undefined) return false;
    if (tids.every(isStopped)) return true;
  } while (performance.now() - startMs < MAX_STOP_MS);
  return false;
}

function dismiss(guard: Child): void {
  const writer = guard.stdin!.getWriter();
  // It may have been killed; then nobody has to be told.
  writer.write(new TextEncoder().encode("\n")).then(() => writer.close()).catch(() => {});
  guard.unref();
}
