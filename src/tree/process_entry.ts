/** One process as a listing shows it. */
export interface ProcessEntry {
  /** Process id. */
  readonly pid: number;
  /** Of its parent. */
  readonly ppid: number;
  /** Of its process group. */
  readonly pgid: number;
  /** Session id. */
  readonly sid: number;
  /** The kernel's letter: R, S, D, T, t, Z, X, I; "?" where the system has none. */
  readonly state: string;
  /** Start time in the system's own unit (Linux: clock ticks after boot). (pid, start time) names a process for good. */
  readonly startTime: number;
  /** The kernel's name for it, 15 characters at most on Linux. */
  readonly name: string;
}

/** Names a process for good: a reused pid has another start time. */
export interface ProcessIdentity {
  /** Process id. */
  readonly pid: number;
  /** Start time in the system's own unit. */
  readonly startTime: number;
}

/** Whether the process has ended and only waits to be reaped. */
export function isDead(entry: ProcessEntry): boolean {
  return entry.state === "Z" || entry.state === "X" || entry.state === "x";
}
