import { signalActions } from "../driver/interrupts.ts";
import type { Runtime } from "../runtime/port.ts";

/** What came of listening for signals that end a program. */
export interface Interruption {
  /** Aborted by the first of them. */
  readonly signal: AbortSignal;
  /** The name of the first one, such as `SIGINT`; undefined before. */
  received(): string | undefined;
  /** Gives the signals their default action back. */
  stop(): void;
}

/**
 * Makes Ctrl-C end what goes on in order: no debugger is left attached, and what has been seen is shown.
 *
 * @param runtime the host
 * @returns the interruption; the caller stops it
 */
export function listenForEnd(runtime: Runtime): Interruption {
  const controller = new AbortController();
  let received: string | undefined;
  const atStart = signalActions(runtime, "self");
  // What was ignored at the start (nohup, a background job) stays ignored.
  const wanted = ["SIGINT", "SIGTERM", "SIGHUP"].filter((signal) => !atStart.ignores(signal));
  const disposers = wanted.map((signal) =>
    runtime.onSignal(signal, () => {
      received ??= signal;
      controller.abort();
    })
  );
  return {
    signal: controller.signal,
    received: () => received,
    stop: () => {
      for (const dispose of disposers) dispose();
    },
  };
}
