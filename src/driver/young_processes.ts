import type { Files } from "../runtime/port.ts";
import { isDead, type ProcessEntry } from "../tree/process_entry.ts";
import type { ProcessLister } from "../tree/process_lister.ts";
import { readCookies } from "../tree/read_cookies.ts";

/** A live process and the attempts that it belongs to by its environment. */
export interface YoungProcess {
  readonly entry: ProcessEntry;
  readonly cookies: readonly string[];
}

/** Which processes are left out or looked at less; nothing is when undefined. */
export interface YoungProcessesOptions {
  /** Those that were started before this one are left out, as far as their numbers tell. */
  readonly firstPid?: number | undefined;
  /** The environment of those that were started before is not read; in ticks since the machine was started. */
  readonly startTime?: number | undefined;
  /** Nor is that of members of these sessions: whose they are is known. */
  readonly sessions?: ReadonlySet<number> | undefined;
}

/**
 * Reads live processes, one with each step, so that the caller can do something else in between. Linux only.
 *
 * @param files the host's files
 * @param lister reads processes
 * @param options which are of no interest
 * @returns undefined when processes cannot be listed
 */
export function youngProcesses(
  files: Files,
  lister: Pick<ProcessLister, "read">,
  { firstPid = 0, startTime = 0, sessions }: YoungProcessesOptions,
): Iterable<YoungProcess> | undefined {
  const names = files.list("/proc");
  if (names === undefined) return undefined;
  // The last field is the pid given out most recently: below the first, the numbers have come round.
  const lastPid = Number(files.readText("/proc/loadavg")?.trim().split(" ").at(-1) ?? NaN);
  const isOlder = (pid: number): boolean => pid < firstPid && lastPid >= firstPid;
  const pids = names.map(Number).filter((pid) => Number.isInteger(pid) && !isOlder(pid));
  return read();

  function* read(): Generator<YoungProcess> {
    for (const pid of pids) {
      const entry = lister.read(pid);
      if (entry === undefined || isDead(entry)) continue;
      const isKnown = entry.startTime < startTime || sessions?.has(entry.sid);
      yield { entry, cookies: isKnown ? [] : readCookies(files, pid) };
    }
  }
}
