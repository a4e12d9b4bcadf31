import { exitCodeOf } from "../../../src/cli/exit_code_of.ts";
import type { Exit, Leak, Outcome } from "../../../src/outcome.ts";
import { assertEquals } from "../../support/assert.ts";

const TERM: Exit = { kind: "signalled", signal: "SIGTERM" };
const KILL: Exit = { kind: "signalled", signal: "SIGKILL" };
const LEAK: Leak = { pid: 9, startTime: 1, command: ["sleep"], ageMs: 1, holdsOutput: false, fate: "killed" };

function timedOut(exit: Exit | undefined, killed = false): Outcome {
  return { kind: "timed-out", limit: "timeout", exit, killed };
}

Deno.test("exitCodeOf() is the command's own code, or 128 + N for signal N", () => {
  assertEquals(exitCodeOf({ kind: "exited", code: 7 }), 7);
  assertEquals(exitCodeOf(TERM), 143);
  assertEquals(exitCodeOf({ kind: "signalled", signal: "SIGRTMIN+1" }), 163);
});

Deno.test("exitCodeOf() is 124 after a timeout, however the command ended", () => {
  for (const limit of ["timeout", "idle", "startup", "exit"] as const) {
    assertEquals(
      exitCodeOf({ kind: "timed-out", limit, exit: { kind: "exited", code: 0 }, killed: false }),
      124,
    );
  }
  assertEquals(exitCodeOf(timedOut(TERM)), 124);
  assertEquals(exitCodeOf(timedOut({ kind: "exited", code: 0 }, true)), 124);
});

Deno.test("exitCodeOf() is 137 after a timeout when KILL was needed", () => {
  assertEquals(exitCodeOf(timedOut(KILL, true)), 137);
  assertEquals(exitCodeOf(timedOut(KILL)), 137);
  assertEquals(exitCodeOf(timedOut(undefined, true)), 137);
});

Deno.test("exitCodeOf() is the command's own after a timeout, with preserveStatus", () => {
  assertEquals(exitCodeOf(timedOut(TERM), { preserveStatus: true }), 143);
  assertEquals(exitCodeOf(timedOut({ kind: "exited", code: 3 }), { preserveStatus: true }), 3);
});

Deno.test("exitCodeOf() is 128 + N when signal N ended prekill", () => {
  assertEquals(exitCodeOf({ kind: "cancelled", signal: "SIGINT", exit: TERM }), 130);
  assertEquals(exitCodeOf({ kind: "cancelled", signal: undefined, exit: TERM }), 143);
  assertEquals(exitCodeOf({ kind: "cancelled", signal: undefined, exit: undefined }), 125);
});

Deno.test("exitCodeOf() tells not found, not executable and everything else apart", () => {
  const codes = (["not-found", "not-executable", "bad-cwd", "other"] as const)
    .map((reason) => exitCodeOf({ kind: "not-started", reason, message: "" }));
  assertEquals(codes, [127, 126, 125, 125]);
});

Deno.test("exitCodeOf() turns success into failure for leaks that count, and nothing else", () => {
  assertEquals(exitCodeOf({ kind: "exited", code: 0 }, { failOnLeaks: [LEAK] }), 1);
  assertEquals(exitCodeOf({ kind: "exited", code: 0 }, { failOnLeaks: [] }), 0);
  assertEquals(exitCodeOf({ kind: "exited", code: 5 }, { failOnLeaks: [LEAK] }), 5);
});
