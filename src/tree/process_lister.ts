import type { ProcessEntry } from "./process_entry.ts";

/** Lists the processes of one operating system. Nothing here throws: a process that has gone is simply not there. */
export interface ProcessLister {
  /** One process, zombies included; undefined when there is none. */
  read(pid: number): ProcessEntry | undefined;
  /** All processes that can be seen, unordered. */
  listAll(): ProcessEntry[];
  /**
   * Those that may have been started after `pid` was, a superset; cheap when few were. Used where a listing of all
   * would cost more than the command that is watched.
   */
  listStartedAfter(pid: number): ProcessEntry[];
  /** The full command line; empty for kernel threads and where it cannot be read. */
  command(pid: number): string[];
  /** Whether the process was started with this `PREKILL_ID` (its own or an outer one's). */
  hasCookie(pid: number, cookie: string): boolean;
  /**
   * Brings the listing up to date, on systems where only a program can tell what runs: the other methods then answer
   * from the latest refresh, and know nothing before the first. Absent where every call looks afresh. Never rejects.
   */
  refresh?(): Promise<void>;
  /** Milliseconds since the process was started. */
  ageMs(entry: ProcessEntry): number;
}
