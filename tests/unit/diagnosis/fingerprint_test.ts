import { diagnose } from "../../../src/hooks/diagnosis/diagnose.ts";
import { assert, assertEquals, assertMatch } from "../../support/assert.ts";
import { facts, process, stack, thread } from "../../support/facts_builder.ts";

function fingerprintOf(pid: number, command: readonly string[], ...frames: string[]): string {
  const main = thread(pid, { wait: { kind: "sleep" }, stacks: [stack(...frames)] });
  return diagnose(facts([process(pid, { command, threads: [main] })])).fingerprint;
}

Deno.test("diagnose() gives the same fingerprint, when only pids, lines, paths and numbers differ", () => {
  const one = fingerprintOf(
    100,
    ["/tmp/build-17/job3"],
    "nanosleep",
    "pause_12@/tmp/a1/job.c:12",
    "main@job.c:40",
  );
  const two = fingerprintOf(
    4711,
    ["/tmp/build-18/job4"],
    "nanosleep",
    "pause_13@/tmp/b2/job.c:19",
    "main@job.c:44",
  );
  assertEquals(one, two);
  assertMatch(one, /^[0-9a-f]{16}$/);
});

Deno.test("diagnose() gives another fingerprint, when the program, the function or the cause is another", () => {
  const one = fingerprintOf(100, ["job"], "nanosleep", "backoff@job.c:12");
  assert(one !== fingerprintOf(100, ["other"], "nanosleep", "backoff@job.c:12"));
  assert(one !== fingerprintOf(100, ["job"], "nanosleep", "retry@job.c:12"));
  const paused = thread(100, {
    wait: { kind: "signal", signals: ["SIGHUP"] },
    stacks: [stack("backoff@job.c:12")],
  });
  assert(one !== diagnose(facts([process(100, { command: ["job"], threads: [paused] })])).fingerprint);
});

Deno.test("diagnose() gives the same fingerprint, when a program was stopped in another of its functions", () => {
  const of = (frame: string): string => {
    const main = thread(100, { states: "TTT", stacks: [stack(frame)] });
    const { cause, fingerprint } = diagnose(
      facts([process(100, { command: ["job"], states: "TTT", threads: [main] })]),
    );
    assertEquals(cause, "stopped");
    return fingerprint;
  };
  assertEquals(of("scale@job.c:12"), of("crop@job.c:80"));
});
