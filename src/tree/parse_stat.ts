import type { ProcessEntry } from "./process_entry.ts";

/** What `/proc/PID/stat` and `/proc/PID/task/TID/stat` tell beyond the listing (proc(5)). Times in clock ticks. */
export interface ProcStat extends ProcessEntry {
  /** Page faults that had to wait for a disk. */
  readonly majorFaults: number;
  readonly userTicks: number;
  readonly systemTicks: number;
  readonly threadCount: number;
  readonly rssPages: number;
}

/**
 * Parses `/proc/PID/stat`. The name stands in parentheses and may itself contain any character, parentheses too: the
 * last ")" ends it.
 *
 * @param text content of the file
 * @returns the fields; undefined when the text is not of that form
 */
export function parseStat(text: string): ProcStat | undefined {
  const open = text.indexOf("(");
  const close = text.lastIndexOf(")");
  if (open < 0 || close < open) return undefined;
  const fields = text.slice(close + 2).trim().split(" ");
  if (fields.length < 22) return undefined;
  const field = (number: number): number => Number(fields[number - 3]);
  return {
    pid: Number(text.slice(0, open)),
    name: text.slice(open + 1, close),
    state: fields[0]!,
    ppid: field(4),
    pgid: field(5),
    sid: field(6),
    majorFaults: field(12),
    userTicks: field(14),
    systemTicks: field(15),
    threadCount: field(20),
    startTime: field(22),
    rssPages: field(24),
  };
}
