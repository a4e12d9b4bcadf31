/**
 * The driver's decisions: `step(state, input, config) → { state, effects }`, pure. The interpreter
 * (`process_driver.ts`) turns what happens into inputs and carries the effects out.
 *
 *     starting → running → sampling → terminating → killing → draining → settled
 */
import type { Exit, Outcome, SampleReason, StartFailureReason, TimeLimit } from "../outcome.ts";

/** Where an attempt stands. */
export type Phase = "starting" | "running" | "sampling" | "terminating" | "killing" | "draining" | "settled";

/** Why the driver ends the process; the first reason wins. */
export type EndReason =
  | { readonly kind: "limit"; readonly limit: TimeLimit }
  | { readonly kind: "cancelled"; readonly signal: string | undefined };

/** All that decisions depend on. */
export interface MachineState {
  readonly phase: Phase;
  readonly reason?: EndReason | undefined;
  readonly exit?: Exit | undefined;
  /** Whether KILL was sent. */
  readonly killed: boolean;
  readonly startFailure?: { readonly reason: StartFailureReason; readonly message: string } | undefined;
}

/** The settings that decisions depend on. */
export interface MachineConfig {
  readonly graceMs: number;
  /** False never escalates to KILL. */
  readonly hardKill: boolean;
  /** Whether a signal to the driver is answered with a brief sample before the tree is ended. */
  readonly sampleOnInterrupt: boolean;
}

/** What happened. */
export type MachineInput =
  | { readonly kind: "started" }
  | { readonly kind: "start-failed"; readonly reason: StartFailureReason; readonly message: string }
  | { readonly kind: "exited"; readonly exit: Exit }
  | { readonly kind: "limit"; readonly limit: TimeLimit }
  | { readonly kind: "half-time" }
  | { readonly kind: "slow" }
  /** An `AbortSignal` (no signal name) or a signal to the driver. */
  | { readonly kind: "cancel"; readonly signal: string | undefined }
  /** A signal to the driver that is only handed to the process, as GNU timeout does. */
  | { readonly kind: "pass-on"; readonly signal: string }
  | { readonly kind: "hook-done" }
  /** Half of the grace period is over, and who was asked by another signal has not ended. */
  | { readonly kind: "half-grace" }
  | { readonly kind: "grace-over" }
  | { readonly kind: "kill-wait-over" }
  | { readonly kind: "drained" };

/** What is to be done. */
export type MachineEffect =
  | { readonly kind: "watch-limits" }
  | { readonly kind: "stop-limits" }
  | { readonly kind: "light-sample"; readonly slow: boolean }
  | { readonly kind: "run-hook"; readonly reason: SampleReason; readonly brief: boolean }
  | { readonly kind: "abort-hook" }
  /** `dump`: programs that print where they are when they are asked by a signal of their own may be asked by that. */
  | { readonly kind: "soft-kill"; readonly signal?: string | undefined; readonly dump?: boolean | undefined }
  | { readonly kind: "arm-grace" }
  | { readonly kind: "hard-kill" }
  | { readonly kind: "drain" }
  /** Wait no longer for a reader that does not take the output. */
  | { readonly kind: "abandon-output" }
  | { readonly kind: "settle"; readonly outcome: Outcome };

/** A decision. */
export interface MachineStep {
  readonly state: MachineState;
  readonly effects: readonly MachineEffect[];
}

/** The state before the process is started. */
export const INITIAL_STATE: MachineState = { phase: "starting", killed: false };

/**
 * Decides what follows from one input. An input that has no meaning in the present phase changes nothing, so late
 * timers and repeated signals are harmless.
 *
 * @param state what has been so far
 * @param input what happened
 * @param config the settings
 * @returns the new state and what is to be done, in order
 */
export function step(state: MachineState, input: MachineInput, config: MachineConfig): MachineStep {
  if (state.phase === "settled") return stay(state);
  switch (input.kind) {
    case "started":
      if (state.phase !== "starting") return stay(state);
      return state.reason === undefined
        ? to({ ...state, phase: "running" }, { kind: "watch-limits" })
        : softKill(state);
    case "start-failed": {
      const failed: MachineState = {
        ...state,
        startFailure: { reason: input.reason, message: input.message },
      };
      return settle(failed);
    }
    case "exited":
      return exited({ ...state, exit: input.exit });
    case "half-time":
      return state.phase === "running" ? to(state, { kind: "light-sample", slow: false }) : stay(state);
    case "slow":
      return state.phase === "running" ? to(state, { kind: "light-sample", slow: true }) : stay(state);
    case "limit":
      return limit(state, input.limit);
    case "cancel":
      return cancel(state, input.signal, config);
    case "pass-on":
      return passOn(state, input.signal);
    case "hook-done":
      if (state.phase !== "sampling") return stay(state);
      return state.exit === undefined ? softKill(state) : drain(state);
    case "half-grace":
      return state.phase === "terminating"
        ? to(state, { kind: "soft-kill", signal: "SIGTERM" })
        : stay(state);
    case "grace-over":
      return state.phase === "terminating" || state.phase === "running"
        ? escalate(state, config)
        : stay(state);
    case "kill-wait-over":
      // Not even KILL ended it (uninterruptible sleep): the driver does not hang with it.
      return state.phase === "killing" ? drain(state) : stay(state);
    case "drained":
      return state.phase === "draining" ? settle(state) : stay(state);
  }
}

function exited(state: MachineState): MachineStep {
  switch (state.phase) {
    case "running":
    case "terminating":
    case "killing":
      return drain(state);
    case "starting":
      return drain(state);
    default:
      // While sampling the hook may still be looking at the rest of the tree; its end moves on.
      return stay(state);
  }
}

function limit(state: MachineState, which: TimeLimit): MachineStep {
  if (state.phase !== "running" || state.reason !== undefined) return stay(state);
  return to(
    { ...state, phase: "sampling", reason: { kind: "limit", limit: which } },
    { kind: "stop-limits" },
    { kind: "run-hook", reason: which, brief: false },
  );
}

function cancel(state: MachineState, signal: string | undefined, config: MachineConfig): MachineStep {
  const reason: EndReason = state.reason ?? { kind: "cancelled", signal };
  switch (state.phase) {
    case "starting":
      return to({ ...state, reason });
    case "running": {
      const next: MachineState = { ...state, reason };
      if (signal === undefined || !config.sampleOnInterrupt) return softKill(next, { kind: "stop-limits" });
      return to(
        { ...next, phase: "sampling" },
        { kind: "stop-limits" },
        { kind: "run-hook", reason: "manual", brief: true },
      );
    }
    case "sampling":
      // The evidence so far has to do. Whoever asks for the second time wants the end at once.
      if (state.exit !== undefined) return drain(state, { kind: "abort-hook" });
      return state.reason?.kind === "cancelled"
        ? escalate(state, { ...config, hardKill: true }, { kind: "abort-hook" })
        : softKill(state, { kind: "abort-hook" });
    case "terminating":
      return escalate(state, { ...config, hardKill: true });
    case "draining":
      return to(state, { kind: "abandon-output" });
    default:
      return stay(state);
  }
}

function passOn(state: MachineState, signal: string): MachineStep {
  if (state.phase !== "running" && state.phase !== "sampling" && state.phase !== "terminating") {
    return stay(state);
  }
  const send: MachineEffect = { kind: "soft-kill", signal };
  // The phase stays: the process may have its own answer to the signal, and its own exit code counts.
  return state.phase === "running" ? to(state, send, { kind: "arm-grace" }) : to(state, send);
}

function softKill(state: MachineState, ...first: MachineEffect[]): MachineStep {
  // Whoever cancels a run does not ask why it takes so long.
  const dump = state.reason?.kind === "limit";
  return to({ ...state, phase: "terminating" }, ...first, { kind: "soft-kill", dump }, { kind: "arm-grace" });
}

function escalate(state: MachineState, config: MachineConfig, ...first: MachineEffect[]): MachineStep {
  if (!config.hardKill) return stay(state);
  const killing: MachineState = { ...state, phase: "killing", killed: true };
  return to(killing, ...first, { kind: "stop-limits" }, { kind: "hard-kill" });
}

function drain(state: MachineState, ...first: MachineEffect[]): MachineStep {
  return to({ ...state, phase: "draining" }, ...first, { kind: "stop-limits" }, { kind: "drain" });
}

function settle(state: MachineState): MachineStep {
  const settled: MachineState = { ...state, phase: "settled" };
  return to(settled, { kind: "settle", outcome: outcomeOf(settled) });
}

function outcomeOf(state: MachineState): Outcome {
  if (state.startFailure !== undefined) return { kind: "not-started", ...state.startFailure };
  if (state.reason?.kind === "limit") {
    return { kind: "timed-out", limit: state.reason.limit, exit: state.exit, killed: state.killed };
  }
  if (state.reason?.kind === "cancelled") {
    return { kind: "cancelled", signal: state.reason.signal, exit: state.exit };
  }
  return state.exit ?? { kind: "signalled", signal: "SIGKILL" };
}

function stay(state: MachineState): MachineStep {
  return { state, effects: [] };
}

function to(state: MachineState, ...effects: MachineEffect[]): MachineStep {
  return { state, effects };
}
