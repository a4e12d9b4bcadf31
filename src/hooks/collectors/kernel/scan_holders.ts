import type { Runtime } from "../../../runtime/port.ts";
import { createLinuxLister } from "../../../tree/linux_lister.ts";
import type { ProcessEntry } from "../../../tree/process_entry.ts";

/** An open file of some process. */
export interface Holder {
  readonly pid: number;
  readonly fd: number;
}

/** Who holds what, of all processes on the machine. */
export interface HolderScan {
  /** By the target of the link in `/proc/PID/fd`. */
  readonly byLink: ReadonlyMap<string, readonly Holder[]>;
  /** Processes whose files may not be looked at. */
  readonly unreadable: readonly ProcessEntry[];
  /** False when the scan was cut short, or processes are hidden. */
  readonly isComplete: boolean;
}

/** The event loop is given back so often, for the timers of the driver. */
const SLICE_MS = 8;

/**
 * Looks at the open files of all processes that can be seen, in slices.
 *
 * @param runtime the host
 * @param signal ends the scan early
 * @returns what was seen
 */
export async function scanHolders(runtime: Runtime, signal: AbortSignal): Promise<HolderScan> {
  const { files } = runtime;
  const lister = createLinuxLister(files);
  const byLink = new Map<string, Holder[]>();
  const unreadable: ProcessEntry[] = [];
  let sliceEndMs = performance.now() + SLICE_MS;
  const pids = (files.list("/proc") ?? []).filter((name) => /^\d+$/.test(name)).map(Number);
  for (const pid of pids) {
    if (performance.now() > sliceEndMs) {
      await new Promise((resolve) => setTimeout(resolve, 0));
      sliceEndMs = performance.now() + SLICE_MS;
    }
    if (signal.aborted) return { byLink, unreadable, isComplete: false };
    const names = files.list(`/proc/${pid}/fd`);
    if (names === undefined) {
      const entry = lister.read(pid);
      // Kernel threads have no command line, and zombies have no files.
      if (entry !== undefined && lister.command(pid).length > 0) unreadable.push(entry);
    }
    for (const name of names ?? []) {
      const link = files.readLink(`/proc/${pid}/fd/${name}`);
      if (link === undefined || link.startsWith("anon_inode:")) continue;
      const holders = byLink.get(link);
      if (holders === undefined) byLink.set(link, [{ pid, fd: Number(name) }]);
      else holders.push({ pid, fd: Number(name) });
    }
  }
  // Where /proc hides the processes of others (hidepid), not even init is listed.
  return { byLink, unreadable, isComplete: pids.includes(1) };
}
