import { signalNumber } from "../signals.ts";
import { closeInspectorAfterSignal } from "./deno_close_inspector.ts";

/** Deno takes these over with the first listener to any signal, to end in order: also where they were ignored. */
const TAKEN_OVER = ["SIGHUP", "SIGINT", "SIGTERM"];

let ignored: ReadonlySet<string> | undefined;

/**
 * Listens to a signal of this process. Those of `TAKEN_OVER` that were ignored at its start (nohup, a background job) stay
 * without effect, and their listeners are not called.
 *
 * @param signal such as `SIGTERM`; one that the system does not know never comes
 * @param listener called each time
 * @returns stops listening
 */
export function listenWithDeno(signal: string, listener: () => void): () => void {
  ignored ??= keepIgnored();
  if (ignored.has(signal)) return () => {};
  const closeInspector = signal === "SIGUSR1" ? closeInspectorAfterSignal() : undefined;
  const own = (): void => {
    closeInspector?.();
    listener();
  };
  try {
    Deno.addSignalListener(signal as Deno.Signal, own);
  } catch {
    return () => {};
  }
  return () => Deno.removeSignalListener(signal as Deno.Signal, own);
}

function keepIgnored(): ReadonlySet<string> {
  if (Deno.build.os !== "linux") return new Set();
  const mask = parseInt(/^SigIgn:\s+\w{8}(\w{8})$/m.exec(readStatus())?.[1] ?? "0", 16);
  const names = TAKEN_OVER.filter((signal) => (mask & (1 << (signalNumber(signal) - 1))) !== 0);
  for (const name of names) Deno.addSignalListener(name as Deno.Signal, () => {});
  return new Set(names);
}

function readStatus(): string {
  try {
    return Deno.readTextFileSync("/proc/self/status");
  } catch {
    return "";
  }
}
