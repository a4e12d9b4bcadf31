import { attemptStatus } from "../../../src/suite/attempt_status.ts";
import type { SuiteTest } from "../../../src/suite/suite_options.ts";
import type { Leak, Outcome } from "../../../src/outcome.ts";
import { assertEquals } from "../../support/assert.ts";

const LEAK: Leak = { pid: 7, startTime: 1, command: ["sleep"], ageMs: 1, holdsOutput: false, fate: "killed" };

function statusOf(
  outcome: Outcome,
  test: Partial<SuiteTest> = {},
  facts: Partial<Parameters<typeof attemptStatus>[2]> = {},
): string {
  const whole: SuiteTest = { testId: "t", name: "t", file: "t", runner: "command", command: ["t"], ...test };
  const all = { leaks: [], leakPolicy: "kill" as const, ranOutOfMemory: false, ...facts };
  return attemptStatus(outcome, whole, all).status;
}

const exited = (code: number): Outcome => ({ kind: "exited", code });
const TIMED_OUT: Outcome = { kind: "timed-out", limit: "timeout", exit: undefined, killed: false };

Deno.test("attemptStatus() follows the outcome", () => {
  assertEquals(statusOf(exited(0)), "passed");
  assertEquals(statusOf(exited(2)), "failed");
  assertEquals(statusOf({ kind: "signalled", signal: "SIGSEGV" }), "crashed");
  assertEquals(statusOf(TIMED_OUT), "timed-out");
  assertEquals(
    statusOf({ kind: "cancelled", signal: "SIGINT", exit: { kind: "exited", code: 0 } }),
    "not-run",
  );
  assertEquals(statusOf({ kind: "not-started", reason: "not-found", message: "no" }), "error");
});

Deno.test("attemptStatus() knows the codes of the runner, and only those", () => {
  assertEquals(statusOf(exited(77)), "failed");
  assertEquals(statusOf(exited(77), { skipCodes: [77] }), "skipped");
  assertEquals(statusOf(exited(5), { emptyCodes: [5] }), "skipped");
});

Deno.test("attemptStatus() turns around, when a timeout is expected", () => {
  assertEquals(statusOf(TIMED_OUT, { expectTimeout: true }), "passed");
  assertEquals(statusOf(exited(0), { expectTimeout: true }), "failed");
});

Deno.test("attemptStatus() counts leaks only where they are to fail and nothing else is wrong", () => {
  assertEquals(statusOf(exited(0), {}, { leaks: [LEAK] }), "passed");
  assertEquals(statusOf(exited(0), {}, { leaks: [LEAK], leakPolicy: "fail" }), "leaked");
  assertEquals(statusOf(exited(1), {}, { leaks: [LEAK], leakPolicy: "fail" }), "failed");
});

Deno.test("attemptStatus() says that memory ran out, when the kernel killed it or one of its own", () => {
  assertEquals(statusOf(exited(137)), "failed");
  assertEquals(statusOf(exited(137), {}, { ranOutOfMemory: true }), "crashed");
});

Deno.test("attemptStatus() is no failure of the test, when the disk was full as it did not pass", () => {
  const noRoom = 'no room for output in "/s/logs", the disk is full';
  assertEquals(statusOf(exited(1), {}, { noRoom }), "error");
  assertEquals(statusOf({ kind: "signalled", signal: "SIGBUS" }, {}, { noRoom }), "crashed");
  assertEquals(statusOf(exited(0), {}, { noRoom }), "passed");
});
