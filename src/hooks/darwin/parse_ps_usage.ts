import { stateLetter } from "../../tree/parse_ps.ts";

/** What `ps` tells of a process at one moment of the sample. */
export interface PsUsage {
  /** Linux's letter for its state. */
  readonly state: string;
  readonly cpuMs: number;
  readonly rssBytes: number;
}

/** The columns that `parsePsUsage` reads. */
export const PS_USAGE_COLUMNS = "pid=,state=,rss=,time=";

/**
 * Parses `ps -o pid=,state=,rss=,time=` of macOS.
 *
 * @param text its output; lines of another form are skipped
 * @returns the use by pid
 */
export function parsePsUsage(text: string): Map<number, PsUsage> {
  const usage = new Map<number, PsUsage>();
  for (const line of text.split("\n")) {
    const fields = /^\s*(\d+)\s+(\S+)\s+(\d+)\s+([\d:.-]+)\s*$/.exec(line);
    if (fields === null) continue;
    usage.set(Number(fields[1]), {
      state: stateLetter(fields[2]!),
      cpuMs: cpuTimeMs(fields[4]!),
      rssBytes: Number(fields[3]) * 1024,
    });
  }
  return usage;
}

/** `[days-][hours:]minutes:seconds.hundredths`. */
function cpuTimeMs(text: string): number {
  const [days, clock] = text.includes("-") ? text.split("-") : ["0", text];
  const seconds = clock!.split(":").reduce((sum, part) => sum * 60 + Number(part), 0);
  return Math.round((Number(days) * 86_400 + seconds) * 1000);
}
