import type { LockFacts } from "../../facts.ts";

/** One line of `/proc/locks` (proc(5)). */
export interface LockLine {
  /** Lines of the same number belong to one lock: the holder and, marked, those who wait for it. */
  readonly id: number;
  readonly type: LockFacts["type"];
  readonly mode: LockFacts["mode"];
  /** Who took or wants the lock: -1 for an open file description lock, 0 outside this pid namespace. */
  readonly pid: number;
  /** `major:minor:inode`. */
  readonly file: string;
  readonly waits: boolean;
}

const TYPES: Readonly<Record<string, LockFacts["type"]>> = {
  FLOCK: "flock",
  POSIX: "posix",
  OFDLCK: "ofd",
  LEASE: "lease",
  DELEG: "lease",
};

/**
 * Parses one line, as in `/proc/locks` and after `lock:` in fdinfo.
 *
 * @param text such as `1: -> FLOCK  ADVISORY  WRITE 1234 08:02:42 0 EOF`
 * @returns the fields; undefined for other lines
 */
export function parseLockLine(text: string): LockLine | undefined {
  const match = /^(\d+):\s+(-> *)?(\w+)\s+\w+\s+(READ|WRITE|UNLCK)\s+(-?\d+)\s+([0-9a-f]+:[0-9a-f]+:\d+)\s/
    .exec(
      text.trim() + " ",
    );
  const type = TYPES[match?.[3] ?? ""];
  if (match === null || type === undefined) return undefined;
  return {
    id: Number(match[1]),
    type,
    mode: match[4] === "WRITE" ? "write" : "read",
    pid: Number(match[5]),
    file: match[6]!,
    waits: match[2] !== undefined,
  };
}

/**
 * Parses `/proc/locks`.
 *
 * @param text content of the file
 * @returns its lines; those of unknown form are left out
 */
export function parseLocks(text: string): LockLine[] {
  return text.split("\n").flatMap((line) => parseLockLine(line) ?? []);
}
