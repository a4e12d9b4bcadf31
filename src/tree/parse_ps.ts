import type { ProcessEntry } from "./process_entry.ts";

/** The columns of `ps` that make an entry (macOS ps(1)); the name comes last, since it may contain spaces. */
export const PS_ENTRY_COLUMNS = "pid=,ppid=,pgid=,sess=,state=,lstart=,comm=";
/** Makes `ps` print times as below. */
export const PS_ENVIRONMENT: Readonly<Record<string, string>> = { LC_ALL: "C", TZ: "UTC0" };

/** Of macOS (`PID_MAX` in bsd/sys/proc_internal.h); a larger number is no session. */
const LARGEST_PID = 99_999;
const ENTRY = /^\s*(\d+)\s+(\d+)\s+(\d+)\s+(\S+)\s+(\S+)\s+(\w{3} \w{3} [ \d]\d [\d:]{8} \d{4})\s+(.*?)\s*$/;

/**
 * Parses what `ps -o` prints with `PS_ENTRY_COLUMNS` and `PS_ENVIRONMENT` on macOS.
 *
 * @param text its output; lines of another form are skipped
 * @returns the processes; start times in milliseconds since 1970, exact to the second
 */
export function parsePsEntries(text: string): ProcessEntry[] {
  const entries: ProcessEntry[] = [];
  for (const line of text.split("\n")) {
    const fields = ENTRY.exec(line);
    if (fields === null) continue;
    const path = fields[7]!;
    const sid = Number(fields[4]);
    entries.push({
      pid: Number(fields[1]),
      ppid: Number(fields[2]),
      pgid: Number(fields[3]),
      // macOS prints 0 or a kernel address here. A new session starts with a group of the same number, and that group
      // is all of it that can be told.
      sid: Number.isInteger(sid) && sid > 0 && sid <= LARGEST_PID ? sid : Number(fields[3]),
      state: stateLetter(fields[5]!),
      startTime: Date.parse(`${fields[6]} UTC`),
      name: path.slice(path.lastIndexOf("/") + 1),
    });
  }
  return entries;
}

/**
 * Parses `ps -wwo pid=,command=`. Arguments that contain spaces fall apart: `ps` does not show where they end.
 *
 * @param text its output
 * @returns command lines by pid
 */
export function parsePsCommands(text: string): Map<number, string[]> {
  return new Map(
    text.split("\n").map((line) => /^\s*(\d+)\s+(.*?)\s*$/.exec(line)).filter((fields) => fields !== null)
      .map(
        (fields) => [Number(fields[1]), fields[2]!.split(/\s+/)],
      ),
  );
}

/**
 * Finds the cookies in `ps -wwEo pid=,command=`, which prints the environment after the command.
 *
 * @param text its output
 * @returns values of `PREKILL_ID` and `PREKILL_OUTER_IDS` by pid, for processes that have them
 */
export function parsePsCookies(text: string): Map<number, string> {
  const cookies = new Map<number, string>();
  for (const line of text.split("\n")) {
    const values = [...line.matchAll(/\sPREKILL_(?:ID|OUTER_IDS)=(\S+)/g)].map((match) => match[1]!);
    if (values.length > 0) cookies.set(Number.parseInt(line), values.join(" "));
  }
  return cookies;
}

/**
 * The letter that Linux has for a state of macOS's `ps`, where I is idle for long and U uninterruptible.
 *
 * @param state such as "Ss+"
 * @returns such as "S"
 */
export function stateLetter(state: string): string {
  const letter = state[0] ?? "?";
  return letter === "I" ? "S" : letter === "U" ? "D" : letter;
}
