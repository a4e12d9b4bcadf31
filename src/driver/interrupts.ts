import type { Runtime } from "../runtime/port.ts";
import { signalNumber } from "../signals.ts";
import { afterMoment } from "./after_moment.ts";
import type { ProcessDriver } from "./process_driver.ts";

/** Signals that a terminal sends to everybody in front of it. */
const TERMINAL_SIGNALS = new Set(["SIGINT", "SIGQUIT"]);
/** At a terminal, so many of them within the time below end a program that handles them itself. */
const INSISTENT_COUNT = 3;
const INSISTENT_WINDOW_MS = 2000;
/** How long a program that does not handle them may take to die of them. */
const DYING_MS = 500;
/** Of a container, or of a machine. */
const FIRST_PID = 1;

/**
 * Connects the signals of this process with a driver. INT, TERM, HUP and QUIT end the run in order (again: at once). At a
 * terminal that the process shares, Ctrl-C and Ctrl-\\ reach it anyway: one that handles them itself is left to do so,
 * unless the user insists. Ctrl-Z stops a tree that has a session of its own together with the driver. As the first process
 * of a container it hands USR1 and USR2 on.
 *
 * @param runtime the host
 * @param driver what to end
 * @param sharesTerminal whether the process is in prekill's own process group
 * @returns a function that restores the default actions
 */
export function connectInterrupts(
  runtime: Runtime,
  driver: ProcessDriver,
  sharesTerminal: boolean,
): () => void {
  const disposers: (() => void)[] = [];
  const listen = (signal: string, listener: () => void): void => {
    disposers.push(runtime.onSignal(signal, listener));
  };
  let timesMs: number[] = [];
  const fromTerminal = (signal: string): void => {
    const nowMs = performance.now();
    timesMs = [...timesMs.filter((timeMs) => nowMs - timeMs < INSISTENT_WINDOW_MS), nowMs];
    if (timesMs.length >= INSISTENT_COUNT) return driver.cancel(signal);
    if (signalActions(runtime, driver.pid).handles(signal)) return;
    // It dies of the signal now, unless only prekill got it.
    const timer = setTimeout(() => driver.cancel(signal), DYING_MS);
    disposers.push(() => clearTimeout(timer));
  };
  const atStart = signalActions(runtime, "self");
  for (const signal of ["SIGTERM", "SIGINT", "SIGHUP", "SIGQUIT"]) {
    // What was ignored at the start (nohup, a background job) stays ignored.
    if (atStart.ignores(signal)) continue;
    const shared = sharesTerminal && TERMINAL_SIGNALS.has(signal);
    listen(signal, () => shared ? fromTerminal(signal) : driver.cancel(signal));
  }
  if (runtime.pid === FIRST_PID) {
    // Nobody outside of a container can address the command but through its first process.
    for (const signal of ["SIGUSR1", "SIGUSR2"]) {
      listen(signal, () => {
        if (driver.pid > 0) runtime.kill(driver.pid, signal);
      });
    }
  }
  if (!sharesTerminal && runtime.os !== "windows") {
    disposers.push(afterMoment(() => {
      listen("SIGTSTP", () => {
        driver.signalTree("SIGSTOP");
        runtime.kill(runtime.pid, "SIGSTOP");
      });
      listen("SIGCONT", () => driver.signalTree("SIGCONT"));
    }));
  }
  return () => {
    for (const dispose of disposers) dispose();
  };
}

/**
 * Whether a process ignores a signal, or handles it itself (`SigIgn` and `SigCgt` of `/proc/PID/status`).
 *
 * @param runtime the host
 * @param pid a pid or "self"
 * @returns asks for one signal; false for every one where the system does not tell
 */
export function signalActions(
  runtime: Runtime,
  pid: number | "self",
): { ignores(signal: string): boolean; handles(signal: string): boolean } {
  const status = runtime.files.readText(`/proc/${pid}/status`) ?? "";
  const has = (field: string, signal: string): boolean => {
    const start = status.indexOf(`\n${field}:\t`) + field.length + 3;
    // The last eight of sixteen hexadecimal digits are signals 1 to 32, all that are asked for here.
    const mask = parseInt(status.slice(start + 8, start + 16), 16);
    return (mask & (1 << (signalNumber(signal) - 1))) !== 0;
  };
  return { ignores: (signal) => has("SigIgn", signal), handles: (signal) => has("SigCgt", signal) };
}
