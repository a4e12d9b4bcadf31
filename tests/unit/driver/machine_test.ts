import {
  INITIAL_STATE,
  type MachineConfig,
  type MachineEffect,
  type MachineInput,
  type MachineState,
  step,
} from "../../../src/driver/machine.ts";
import type { Exit } from "../../../src/outcome.ts";
import { assertEquals } from "../../support/assert.ts";

const CONFIG: MachineConfig = { graceMs: 10_000, hardKill: true, sampleOnInterrupt: true };
const EXIT_0: Exit = { kind: "exited", code: 0 };
const STARTED: MachineInput = { kind: "started" };
const TIMEOUT: MachineInput = { kind: "limit", limit: "timeout" };

/** Feeds inputs one after another; returns the last state and the kinds of all effects after the start. */
function feed(
  inputs: MachineInput[],
  config: MachineConfig = CONFIG,
): { state: MachineState; effects: MachineEffect[] } {
  let state = INITIAL_STATE;
  const effects: MachineEffect[] = [];
  for (const input of inputs) {
    const next = step(state, input, config);
    state = next.state;
    effects.push(...next.effects);
  }
  return { state, effects };
}

function kinds(effects: readonly MachineEffect[]): string[] {
  return effects.map((effect) => effect.kind);
}

function outcomeOf(inputs: MachineInput[], config?: MachineConfig): unknown {
  const last = feed(inputs, config).effects.at(-1);
  return last?.kind === "settle" ? last.outcome : undefined;
}

Deno.test("step() drains and settles with the exit, when the process exits in time", () => {
  const { state, effects } = feed([STARTED, { kind: "exited", exit: EXIT_0 }, { kind: "drained" }]);
  assertEquals(state.phase, "settled");
  assertEquals(kinds(effects), ["watch-limits", "stop-limits", "drain", "settle"]);
  assertEquals(outcomeOf([STARTED, { kind: "exited", exit: EXIT_0 }, { kind: "drained" }]), EXIT_0);
});

Deno.test("step() samples before the first signal, when a limit runs out", () => {
  const { effects } = feed([STARTED, TIMEOUT, { kind: "hook-done" }]);
  assertEquals(kinds(effects), ["watch-limits", "stop-limits", "run-hook", "soft-kill", "arm-grace"]);
});

Deno.test("step() says timed out, when the process exits 0 after its timeout", () => {
  const outcome = outcomeOf([STARTED, TIMEOUT, { kind: "hook-done" }, { kind: "exited", exit: EXIT_0 }, {
    kind: "drained",
  }]);
  assertEquals(outcome, { kind: "timed-out", limit: "timeout", exit: EXIT_0, killed: false });
});

Deno.test("step() lets the hook finish and signals nothing, when the process exits while it is sampled", () => {
  const { effects, state } = feed([STARTED, TIMEOUT, { kind: "exited", exit: EXIT_0 }]);
  assertEquals(kinds(effects), ["watch-limits", "stop-limits", "run-hook"]);
  const after = step(state, { kind: "hook-done" }, CONFIG);
  assertEquals(kinds(after.effects), ["stop-limits", "drain"]);
});

Deno.test("step() kills once, when the grace period is over", () => {
  const killed = feed([STARTED, TIMEOUT, { kind: "hook-done" }, { kind: "grace-over" }, {
    kind: "grace-over",
  }]);
  assertEquals(kinds(killed.effects).filter((kind) => kind === "hard-kill"), ["hard-kill"]);
  assertEquals(killed.state.phase, "killing");
});

Deno.test("step() never kills, when hard kill is off", () => {
  const { state } = feed([STARTED, TIMEOUT, { kind: "hook-done" }, { kind: "grace-over" }], {
    ...CONFIG,
    hardKill: false,
  });
  assertEquals(state.phase, "terminating");
});

Deno.test("step() keeps the first reason, when a signal follows a timeout", () => {
  const inputs: MachineInput[] = [STARTED, TIMEOUT, { kind: "cancel", signal: "SIGTERM" }];
  const { state, effects } = feed(inputs);
  assertEquals(state.reason, { kind: "limit", limit: "timeout" });
  assertEquals(kinds(effects).slice(-3), ["abort-hook", "soft-kill", "arm-grace"]);
});

Deno.test("step() takes a brief sample, when a signal asks the driver to end", () => {
  const { effects } = feed([STARTED, { kind: "cancel", signal: "SIGTERM" }]);
  assertEquals(effects.at(-1), { kind: "run-hook", reason: "manual", brief: true });
});

Deno.test("step() kills at once, when it is asked to end for the second time", () => {
  const cancel: MachineInput = { kind: "cancel", signal: "SIGINT" };
  assertEquals(feed([STARTED, cancel]).state.phase, "sampling");
  const again = feed([STARTED, cancel, cancel]);
  assertEquals(again.state.phase, "killing");
  assertEquals(kinds(again.effects).slice(-3), ["abort-hook", "stop-limits", "hard-kill"]);
  assertEquals(feed([STARTED, cancel, { kind: "hook-done" }, cancel]).state.phase, "killing");
});

Deno.test("step() ends without a sample, when an AbortSignal cancels", () => {
  const { effects } = feed([STARTED, { kind: "cancel", signal: undefined }]);
  assertEquals(kinds(effects), ["watch-limits", "stop-limits", "soft-kill", "arm-grace"]);
});

Deno.test("step() hands a signal on and keeps the process's own exit, when told to pass on", () => {
  const exit: Exit = { kind: "signalled", signal: "SIGUSR1" };
  const inputs: MachineInput[] = [STARTED, { kind: "pass-on", signal: "SIGUSR1" }, { kind: "exited", exit }, {
    kind: "drained",
  }];
  assertEquals(outcomeOf(inputs), exit);
});

Deno.test("step() hands a signal on also while the hook looks at the process", () => {
  const { state, effects } = feed([STARTED, TIMEOUT, { kind: "pass-on", signal: "SIGINT" }]);
  assertEquals(state.phase, "sampling");
  assertEquals(effects.at(-1), { kind: "soft-kill", signal: "SIGINT" });
});

Deno.test("step() settles without an exit, when not even KILL ends the process", () => {
  const outcome = outcomeOf([STARTED, TIMEOUT, { kind: "hook-done" }, { kind: "grace-over" }, {
    kind: "kill-wait-over",
  }, { kind: "drained" }]);
  assertEquals(outcome, { kind: "timed-out", limit: "timeout", exit: undefined, killed: true });
});

Deno.test("step() settles at once, when the command cannot be started", () => {
  const outcome = outcomeOf([{ kind: "start-failed", reason: "not-found", message: "no such program" }]);
  assertEquals(outcome, { kind: "not-started", reason: "not-found", message: "no such program" });
});

Deno.test("step() changes nothing, when anything comes after the end", () => {
  const { state } = feed([STARTED, { kind: "exited", exit: EXIT_0 }, { kind: "drained" }]);
  const late: MachineInput[] = [TIMEOUT, { kind: "cancel", signal: "SIGINT" }, { kind: "grace-over" }, {
    kind: "hook-done",
  }];
  for (const input of late) assertEquals(step(state, input, CONFIG), { state, effects: [] });
});

Deno.test("step() ends the process as soon as it has started, when it was cancelled while starting", () => {
  const { state, effects } = feed([{ kind: "cancel", signal: undefined }, STARTED]);
  assertEquals(kinds(effects), ["soft-kill", "arm-grace"]);
  assertEquals(state.reason, { kind: "cancelled", signal: undefined });
});

Deno.test("step() waits no longer for the reader of the output, when it is cancelled while draining", () => {
  const { state, effects } = feed([STARTED, { kind: "exited", exit: EXIT_0 }, {
    kind: "cancel",
    signal: "SIGINT",
  }]);
  assertEquals(effects.at(-1), { kind: "abandon-output" });
  assertEquals(state.reason, undefined);
});

Deno.test("step() asks for what programs print of themselves after a limit, and not when it is cancelled", () => {
  const wantsDump = (inputs: MachineInput[]): unknown =>
    feed([STARTED, ...inputs, { kind: "hook-done" }]).effects.find(({ kind }) => kind === "soft-kill");
  assertEquals(wantsDump([TIMEOUT]), { kind: "soft-kill", dump: true });
  assertEquals(wantsDump([{ kind: "cancel", signal: "SIGINT" }]), { kind: "soft-kill", dump: false });
});

Deno.test("step() asks by TERM at half of the grace period, when the process is still being ended", () => {
  const ending: MachineInput[] = [STARTED, TIMEOUT, { kind: "hook-done" }];
  const half: MachineInput = { kind: "half-grace" };
  assertEquals(feed([...ending, half]).effects.at(-1), { kind: "soft-kill", signal: "SIGTERM" });
  const { state } = feed([...ending, { kind: "grace-over" }]);
  assertEquals(step(state, half, CONFIG).effects, []);
});
