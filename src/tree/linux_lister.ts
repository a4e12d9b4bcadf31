import type { Files } from "../runtime/port.ts";
import { parseStat } from "./parse_stat.ts";
import type { ProcessEntry } from "./process_entry.ts";
import type { ProcessLister } from "./process_lister.ts";
import { readCookies } from "./read_cookies.ts";

/** `sysconf(_SC_CLK_TCK)`: 100 on every Linux that Deno, Node and Bun run on. */
export const CLOCK_TICKS_PER_SECOND = 100;
/** Probing more pids than this one by one costs more than listing `/proc`. */
const PROBE_LIMIT = 64;

/**
 * The lister of Linux, over `/proc` (proc(5)).
 *
 * @param files the host's files
 * @param root where the proc file system is; tests use a folder
 * @returns a lister that keeps nothing open
 */
export function createLinuxLister(files: Files, root = "/proc"): ProcessLister {
  const read = (pid: number): ProcessEntry | undefined => {
    const text = files.readText(`${root}/${pid}/stat`);
    return text === undefined ? undefined : parseStat(text);
  };
  const readAll = (pids: Iterable<number>): ProcessEntry[] => {
    const found: ProcessEntry[] = [];
    for (const pid of pids) {
      const entry = read(pid);
      if (entry !== undefined) found.push(entry);
    }
    return found;
  };
  const listAll = (): ProcessEntry[] =>
    readAll((files.list(root) ?? []).filter((name) => /^\d+$/.test(name)).map(Number));
  const isProcess = ({ pid }: ProcessEntry): boolean => {
    const processId = /^Tgid:\s*(\d+)$/m.exec(files.readText(`${root}/${pid}/status`) ?? "")?.[1];
    return processId === undefined || Number(processId) === pid;
  };
  return {
    read,
    listAll,
    listStartedAfter(pid) {
      // The last field of /proc/loadavg is the pid given out most recently in this pid namespace.
      const lastPid = Number(files.readText(`${root}/loadavg`)?.trim().split(" ").at(-1) ?? NaN);
      const count = lastPid - pid;
      if (!(count >= 0 && count <= PROBE_LIMIT)) return listAll();
      // Threads answer to their ids too, although a listing does not show them.
      return readAll(Array.from({ length: count }, (_, index) => pid + 1 + index)).filter(isProcess);
    },
    command(pid) {
      const text = files.readText(`${root}/${pid}/cmdline`) ?? "";
      return text === "" ? [] : text.replace(/\0$/, "").split("\0");
    },
    hasCookie: (pid, cookie) => readCookies(files, pid, root).includes(cookie),
    ageMs(entry) {
      const uptimeSeconds = Number(files.readText(`${root}/uptime`)?.split(" ")[0] ?? 0);
      return Math.max(0, uptimeSeconds * 1000 - entry.startTime * (1000 / CLOCK_TICKS_PER_SECOND));
    },
  };
}
