import { UsageError } from "./errors.ts";

/** Signal numbers of Linux on x86-64 and arm64 (signal(7)); the names are POSIX's. */
export const SIGNAL_NUMBERS: Readonly<Record<string, number>> = {
  SIGHUP: 1,
  SIGINT: 2,
  SIGQUIT: 3,
  SIGILL: 4,
  SIGTRAP: 5,
  SIGABRT: 6,
  SIGBUS: 7,
  SIGFPE: 8,
  SIGKILL: 9,
  SIGUSR1: 10,
  SIGSEGV: 11,
  SIGUSR2: 12,
  SIGPIPE: 13,
  SIGALRM: 14,
  SIGTERM: 15,
  SIGSTKFLT: 16,
  SIGCHLD: 17,
  SIGCONT: 18,
  SIGSTOP: 19,
  SIGTSTP: 20,
  SIGTTIN: 21,
  SIGTTOU: 22,
  SIGURG: 23,
  SIGXCPU: 24,
  SIGXFSZ: 25,
  SIGVTALRM: 26,
  SIGPROF: 27,
  SIGWINCH: 28,
  SIGIO: 29,
  SIGPWR: 30,
  SIGSYS: 31,
};

const NAMES = new Map(Object.entries(SIGNAL_NUMBERS).map(([name, number]) => [number, name]));
/** The first and last real-time signals that glibc leaves to programs. */
const REAL_TIME_MIN = 34;
const REAL_TIME_MAX = 64;

/**
 * The name of a signal number, such as `SIGTERM` for 15 or `SIGRTMIN+1` for 35.
 *
 * @param number 1 to 64
 * @returns the name; `SIG` and the number where it has none
 */
export function signalName(number: number): string {
  const name = NAMES.get(number);
  if (name !== undefined) return name;
  if (number === REAL_TIME_MIN) return "SIGRTMIN";
  if (number > REAL_TIME_MIN && number <= REAL_TIME_MAX) return `SIGRTMIN+${number - REAL_TIME_MIN}`;
  return `SIG${number}`;
}

/**
 * The number of a signal name.
 *
 * @param name as `signalName` returns it
 * @returns 1 to 64, or 0 when there is no such signal
 */
export function signalNumber(name: string): number {
  const known = SIGNAL_NUMBERS[name];
  if (known !== undefined) return known;
  const realTime = /^SIGRTMIN(?:\+(\d+))?$/.exec(name);
  if (realTime !== null) return REAL_TIME_MIN + Number(realTime[1] ?? 0);
  return Number(/^SIG(\d+)$/.exec(name)?.[1] ?? 0);
}

/**
 * Reads a signal as people write it: `TERM`, `SIGTERM`, `term`, `15`, `RTMIN+1`; `0` (or `EXIT`) is no signal at all.
 *
 * @param text the name or number
 * @returns the name with its `SIG` prefix, or `undefined` for signal 0
 * @throws {UsageError} when there is no such signal
 * @example Parse a signal
 * ```ts
 * import { parseSignal } from "./signals.ts";
 *
 * if (parseSignal("term") !== "SIGTERM" || parseSignal("9") !== "SIGKILL") throw new Error("unexpected");
 * ```
 */
export function parseSignal(text: string): string | undefined {
  if (text === "0" || text.toUpperCase() === "EXIT") return undefined;
  if (/^\d+$/.test(text)) {
    const number = Number(text);
    if (number >= 1 && number <= REAL_TIME_MAX) return signalName(number);
  } else {
    const upper = text.toUpperCase();
    const name = upper.startsWith("SIG") ? upper : `SIG${upper}`;
    const number = signalNumber(name);
    if (number >= 1 && number <= REAL_TIME_MAX) return signalName(number);
  }
  throw new UsageError(
    `Cannot use the signal "${text}": there is no such signal; names are as in kill -l (TERM, INT, QUIT, …)`,
  );
}
