import { signalActions } from "../driver/interrupts.ts";
import type { Runtime } from "../runtime/port.ts";
import type { SuiteRun } from "../suite/suite_run.ts";
import { listenToKeys, type TerminalKeys } from "./terminal_keys.ts";

/** What is on the screen while a run is controlled. */
export interface ControlledView {
  /** Shows what runs; the samples follow as events. */
  showRunning(): void;
  /** Clears what changes: prekill is about to stop. */
  suspend(): void;
  /** Draws it again. */
  resume(): void;
}

const ENDING = ["SIGINT", "SIGTERM", "SIGHUP", "SIGQUIT"];
/** What Ctrl-T types on a terminal that makes no signal of it. */
const CTRL_T = "\x14";

/**
 * Connects the signals of this process, and the keys of its terminal, with a run: INT, TERM, HUP and QUIT end it (again:
 * at once), TSTP and CONT pause it, USR1, INFO and the key `t` show what runs.
 *
 * @param run what is controlled
 * @param view what is on the screen
 * @param runtime the host
 * @returns gives signals and terminal back; to be awaited before this process ends
 */
export function controlRun(run: SuiteRun, view: ControlledView, runtime: Runtime): () => Promise<void> {
  const disposers: (() => void)[] = [];
  const listen = (signal: string, listener: () => void): void => {
    disposers.push(runtime.onSignal(signal, listener));
  };
  const look = (): void => {
    view.showRunning();
    run.look();
  };
  const openKeys = (): TerminalKeys | undefined =>
    listenToKeys(runtime, (key) => {
      if (key === "t" || key === "T" || key === CTRL_T) look();
    });
  const atStart = signalActions(runtime, "self");
  for (const signal of ENDING) {
    // What was ignored at the start (nohup, a background job) stays ignored.
    if (!atStart.ignores(signal)) listen(signal, () => run.stop({ signal }));
  }
  let keys = openKeys();
  let isSuspended = false;
  const suspend = async (): Promise<void> => {
    if (isSuspended) return;
    isSuspended = true;
    run.pause();
    view.suspend();
    await keys?.close();
    // Somebody may have let it go on meanwhile.
    if (isSuspended) runtime.kill(runtime.pid, "SIGSTOP");
  };
  if (runtime.os !== "windows") {
    listen("SIGUSR1", look);
    listen("SIGINFO", look);
    listen("SIGTSTP", suspend);
    listen("SIGCONT", () => {
      if (!isSuspended) return;
      isSuspended = false;
      keys = openKeys();
      run.continue();
      view.resume();
    });
  }
  return async () => {
    for (const dispose of disposers) dispose();
    await keys?.close();
  };
}
