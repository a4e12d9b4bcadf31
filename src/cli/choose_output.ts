import type { OutputTarget } from "../driver/driver_options.ts";
import type { Runtime } from "../runtime/port.ts";

/** How `exec` connects the command with prekill's own streams. */
export interface OutputChoice {
  readonly output: OutputTarget;
  /** False where a terminal is shared, so that Ctrl-C, Ctrl-Z and job control work as without prekill. */
  readonly newSession: boolean;
}

/** What the choice depends on. */
export interface StreamFacts {
  /** Whether any of the standard streams is a terminal. */
  readonly terminal: boolean;
  /** Whether stdout is a pipe or a socket. */
  readonly stdoutPiped: boolean;
}

/**
 * Chooses how to connect the command: it shares a terminal, writes to files itself, and goes through prekill into a
 * pipe, so that a process it leaves behind cannot hold the pipe's reader up.
 *
 * @param facts the streams
 * @returns where the output goes, and whether the command gets a session of its own
 */
export function chooseOutput(facts: StreamFacts): OutputChoice {
  if (facts.terminal) return { output: { kind: "inherit" }, newSession: false };
  return { output: { kind: facts.stdoutPiped ? "forward" : "inherit" }, newSession: true };
}

/**
 * Looks at prekill's own streams.
 *
 * @param runtime the host
 * @returns the facts; a stream that cannot be looked at counts as a file
 */
export function streamFacts(runtime: Runtime): StreamFacts {
  const streams = ["stdin", "stdout", "stderr"] as const;
  const stdout = runtime.os === "windows" ? undefined : runtime.files.stat("/dev/fd/1")?.kind;
  return {
    terminal: streams.some((stream) => runtime.isTerminal(stream)),
    stdoutPiped: stdout === "fifo" || stdout === "socket",
  };
}
