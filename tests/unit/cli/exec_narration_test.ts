import { narrate, type NarrationContext, type Verbosity } from "../../../src/cli/exec_narration.ts";
import type { DriverEvent, DriverEventBody } from "../../../src/driver/driver_options.ts";
import type { HookRecord } from "../../../src/hook_record.ts";
import type { Exit, Leak } from "../../../src/outcome.ts";
import type { Diagnosis } from "../../../src/sample_document.ts";
import { assertEquals } from "../../support/assert.ts";

const DIAGNOSIS: Diagnosis = {
  cause: "sleep",
  confidence: "likely",
  summary: "make sleeps",
  pid: 2,
  program: "make",
  fingerprint: "f",
  evidence: [],
  chain: [],
};
const HOOK: HookRecord = {
  reason: "timeout",
  status: "ok",
  ms: 1,
  lateMs: 0,
  files: ["/s/make-2.sample", "/s/make-2.sample.json"],
  diagnosis: DIAGNOSIS,
};
const LEAK: Leak = {
  pid: 12,
  startTime: 1,
  command: ["sleep", "1000"],
  ageMs: 3000,
  holdsOutput: false,
  fate: "killed",
};
const TERM: Exit = { kind: "signalled", signal: "SIGTERM" };

function tell(
  body: DriverEventBody,
  verbosity: Verbosity = "normal",
  more: Partial<NarrationContext> = {},
): string[] {
  const event: DriverEvent = { seq: 0, atMs: 0, id: "i", ...body };
  return narrate(event, {
    name: "make",
    verbosity,
    sampleTimeMs: 1000,
    hook: true,
    softSignal: "SIGTERM",
    graceMs: 10_000,
    renderVerdict: (diagnosis) => `${diagnosis.cause}: ${diagnosis.summary}\n  chain: x`,
    ...more,
  }).map(({ text }) => text);
}

Deno.test("narrate() tells which limit ran out and what happens next", () => {
  const texts = (["timeout", "idle", "startup", "exit"] as const)
    .map((limit) => tell({ kind: "limit-reached", limit, limitMs: 600_000 })[0]);
  assertEquals(texts, [
    "make timed out after 10 min; looking into it (1 s)",
    "make has printed nothing for 10 min; looking into it (1 s)",
    "make was started 10 min ago and has printed nothing yet; looking into it (1 s)",
    "make has finished but not exited for 10 min; looking into it (1 s)",
  ]);
  const unseen = tell({ kind: "limit-reached", limit: "timeout", limitMs: 500 }, "normal", { hook: false });
  assertEquals(unseen, ["make timed out after 500 ms; ending it"]);
});

Deno.test("narrate() tells the verdict and where the sample is, not the JSON beside it", () => {
  assertEquals(tell({ kind: "sampled", hook: HOOK }), [
    "sleep: make sleeps",
    "  chain: x",
    "sample: /s/make-2.sample",
  ]);
});

Deno.test("narrate() tells of a failed hook and prints a sample that could not be saved, even when quiet", () => {
  const hook: HookRecord = {
    ...HOOK,
    files: [],
    message: "the disk is full",
    unsavedText: "one\ntwo\n",
    diagnosis: undefined,
  };
  const lines = ["the disk is full", "the sample could not be written to a file; here it is:", "one", "two"];
  assertEquals(tell({ kind: "sampled", hook }), lines);
  assertEquals(tell({ kind: "sampled", hook }, "quiet"), lines);
});

Deno.test("narrate() tells of what was left behind, and its fate", () => {
  const told = (leak: Partial<Leak>): string | undefined =>
    tell({ kind: "leak", leak: { ...LEAK, ...leak } })[0];
  assertEquals(told({}), "left behind by make: sleep 1000 (pid 12, 3 s old): killed");
  assertEquals(
    told({ holdsOutput: true, fate: "kept" }),
    "left behind by make: sleep 1000 (pid 12, 3 s old, holding its output open): left running",
  );
});

Deno.test("narrate() tells how it ended", () => {
  const ended = (exit: Exit | undefined, killed: boolean): string | undefined =>
    tell({
      kind: "attempt-settled",
      elapsedMs: 1,
      outcome: { kind: "timed-out", limit: "timeout", exit, killed },
    })[0];
  assertEquals(ended(TERM, false), "make was ended by TERM");
  assertEquals(ended({ kind: "exited", code: 0 }, false), "make exited with 0");
  assertEquals(
    ended({ kind: "signalled", signal: "SIGKILL" }, true),
    "make did not end within 10 s of TERM: killed",
  );
  assertEquals(ended(undefined, true), "make could not be ended, not even by KILL");
});

Deno.test("narrate() is silent about a run that goes well, and tells each step when verbose", () => {
  const steps: DriverEventBody[] = [
    { kind: "attempt-started", pid: 2, command: ["make", "all"] },
    { kind: "light-sample", elapsedMs: 5000, diagnosis: DIAGNOSIS, processes: [] },
    { kind: "signal-sent", signal: "SIGTERM", to: "group" },
    { kind: "exited", exit: TERM },
    { kind: "attempt-settled", elapsedMs: 1, outcome: TERM },
  ];
  assertEquals(steps.flatMap((step) => tell(step)), []);
  assertEquals(steps.flatMap((step) => tell(step, "verbose")), [
    "started make all (pid 2)",
    "light sample after 5 s: make sleeps",
    "sent TERM to the group",
    "make was ended by TERM after 1 ms",
  ]);
});

Deno.test("narrate() tells errors only, when quiet", () => {
  const steps: DriverEventBody[] = [
    { kind: "slow", elapsedMs: 1 },
    { kind: "limit-reached", limit: "timeout", limitMs: 1 },
    { kind: "sampled", hook: HOOK },
    { kind: "leak", leak: LEAK },
    {
      kind: "attempt-settled",
      elapsedMs: 0,
      outcome: { kind: "not-started", reason: "other", message: "No." },
    },
  ];
  assertEquals(steps.flatMap((step) => tell(step, "quiet")), ["No."]);
});

Deno.test("narrate() shows control characters of names instead of sending them to the terminal", () => {
  const leak: Leak = { ...LEAK, command: ["\x1b[2J"] };
  assertEquals(tell({ kind: "leak", leak })[0], "left behind by make: \\x1b[2J (pid 12, 3 s old): killed");
});
