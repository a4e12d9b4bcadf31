import { Scheduler, type SchedulerOptions } from "../../../src/suite/scheduler.ts";
import type { SchedulerAction } from "../../../src/suite/scheduler_actions.ts";
import type { EarlierAttempts, SuiteTest } from "../../../src/suite/suite_options.ts";
import type { TestStatus } from "../../../src/suite_events.ts";
import { assertEquals } from "../../support/assert.ts";

function test(testId: string, rest: Partial<SuiteTest> = {}): SuiteTest {
  return { testId, name: testId, file: testId, runner: "command", command: ["true"], ...rest };
}

function tests(names: string): SuiteTest[] {
  return names.split(" ").map((name) => test(name));
}

function words(actions: readonly SchedulerAction[] | undefined): string[] | undefined {
  return actions?.map((action) => {
    switch (action.kind) {
      case "start":
        return `start ${action.test.testId}#${action.attempt}`;
      case "plan-retry":
        return `retry ${action.test.testId}#${action.attempt} ${
          action.atEnd ? "at end" : `after ${action.afterMs}`
        }`;
      case "wait":
        return `wait ${action.test.testId} ${action.afterMs} jobs ${action.jobs}`;
      case "settle":
        return `settle ${action.test.testId} ${action.status} ${action.attempts}`;
      case "stopping":
        return `stopping ${action.stop.reason}: ${action.stop.detail}`;
      case "end":
        return `end ${action.tests.map(({ testId }) => testId).join(" ")}`;
      case "done":
        return "done";
    }
  });
}

function begun(list: readonly SuiteTest[], options: Partial<SchedulerOptions> = {}): [Scheduler, string[]] {
  const scheduler = new Scheduler(list, { jobs: 2, ...options });
  return [scheduler, words(scheduler.begin())!];
}

/** What an earlier run has made of a test. */
function made(count: number, status: TestStatus, lastBad?: TestStatus): EarlierAttempts {
  return { count, status, lastBad: lastBad ?? (status === "passed" ? undefined : status), elapsedMs: 0 };
}

const PASSED = { status: "passed" } as const;
const FAILED = { status: "failed" } as const;
const NOT_RUN = { status: "not-run" } as const;

Deno.test("Scheduler starts as many as jobs, and the next when one has ended", () => {
  const [scheduler, first] = begun(tests("a b c"));
  assertEquals(first, ["start a#1", "start b#1"]);
  assertEquals(words(scheduler.freed(test("a"))), ["start c#1"]);
  assertEquals(words(scheduler.ended(test("a"), PASSED)), ["settle a passed 1"]);
  assertEquals(words(scheduler.ended(test("c"), FAILED)), ["settle c failed 1"]);
  assertEquals(words(scheduler.ended(test("b"), PASSED)), ["settle b passed 1", "done"]);
});

Deno.test("Scheduler is done at once, when there is no test or none that may run", () => {
  assertEquals(begun([])[1], ["done"]);
  assertEquals(begun([test("a", { skip: "slow" })])[1], ["settle a skipped 0", "done"]);
});

Deno.test("Scheduler passes over a full group, when others have room", () => {
  const list = [test("a", { group: "db" }), test("b", { group: "db" }), test("c"), test("d")];
  const [scheduler, first] = begun(list, { groups: { db: 1 } });
  assertEquals(first, ["start a#1", "start c#1"]);
  assertEquals(words(scheduler.freed(list[2]!)), ["start d#1"]);
  assertEquals(words(scheduler.freed(list[0]!)), ["start b#1"]);
});

Deno.test("Scheduler runs serial tests alone, after the others", () => {
  const list = [test("s", { isSerial: true }), test("t", { isSerial: true }), test("a"), test("b")];
  const [scheduler, first] = begun(list);
  assertEquals(first, ["start a#1", "start b#1"]);
  assertEquals(words(scheduler.ended(list[2]!, PASSED)), ["settle a passed 1"]);
  assertEquals(words(scheduler.ended(list[3]!, PASSED)), ["settle b passed 1", "start s#1"]);
  assertEquals(words(scheduler.ended(list[0]!, PASSED)), ["settle s passed 1", "start t#1"]);
});

Deno.test("Scheduler tries again with growing pauses, and calls it flaky when it then passes", () => {
  const [scheduler] = begun(tests("a"), { retries: 2, retryDelayMs: 100 });
  assertEquals(words(scheduler.ended(test("a"), FAILED)), ["retry a#2 after 100"]);
  assertEquals(words(scheduler.isDue(test("a"))), ["start a#2"]);
  assertEquals(words(scheduler.ended(test("a"), FAILED)), ["retry a#3 after 200"]);
  assertEquals(words(scheduler.isDue(test("a"))), ["start a#3"]);
  assertEquals(words(scheduler.ended(test("a"), PASSED)), ["settle a flaky 3", "done"]);
});

Deno.test("Scheduler gives up, when all retries are used or the test may have none", () => {
  const [scheduler] = begun([test("a", { retries: 0 }), test("b")], { retries: 1 });
  assertEquals(words(scheduler.ended(test("a"), FAILED)), ["settle a failed 1"]);
  assertEquals(
    words(scheduler.ended(test("b"), { status: "error", reason: "no such program", isStartFailure: true })),
    [
      "settle b error 1",
      "done",
    ],
  );
});

Deno.test("Scheduler retries one at a time at the end, when asked to", () => {
  const [scheduler] = begun(tests("a b c"), { retries: 1, retryAtEnd: true });
  assertEquals(words(scheduler.ended(test("a"), FAILED)), ["retry a#2 at end", "start c#1"]);
  assertEquals(words(scheduler.ended(test("b"), FAILED)), ["retry b#2 at end"]);
  assertEquals(words(scheduler.ended(test("c"), PASSED)), ["settle c passed 1", "start a#2"]);
  assertEquals(words(scheduler.ended(test("a"), PASSED)), ["settle a flaky 2", "start b#2"]);
  assertEquals(words(scheduler.ended(test("b"), FAILED)), ["settle b failed 2", "done"]);
});

Deno.test("Scheduler waits for the verdict on all others, before it retries at the end", () => {
  const [scheduler] = begun(tests("a b"), { retries: 1, retryAtEnd: true });
  scheduler.ended(test("a"), FAILED);
  assertEquals(words(scheduler.freed(test("b"))), []);
  assertEquals(words(scheduler.ended(test("b"), PASSED)), ["settle b passed 1", "start a#2"]);
});

Deno.test("Scheduler lets the running ones finish, when enough have failed", () => {
  const [scheduler] = begun(tests("a b c"), { failFast: 1 });
  assertEquals(words(scheduler.ended(test("a"), FAILED)), [
    "settle a failed 1",
    "stopping fail-fast: the test a did not pass",
    "settle c not-run 0",
  ]);
  assertEquals(words(scheduler.ended(test("b"), PASSED)), ["settle b passed 1", "done"]);
});

Deno.test("Scheduler ends the running ones but for a hang, when it runs until a failure", () => {
  const [scheduler] = begun(tests("a b c d"), { untilFailure: true, jobs: 3 });
  assertEquals(words(scheduler.hung(test("a"))), [
    "stopping until-failure: the test a hangs",
    "settle d not-run 0",
    "end b c",
  ]);
  assertEquals(words(scheduler.ended(test("b"), NOT_RUN)), ["settle b not-run 1"]);
  assertEquals(words(scheduler.ended(test("c"), PASSED)), ["settle c passed 1"]);
  assertEquals(words(scheduler.ended(test("a"), { status: "timed-out" })), ["settle a timed-out 1", "done"]);
});

Deno.test("Scheduler goes on, when the hang was expected", () => {
  const list = [test("a", { expectTimeout: true }), test("b")];
  const [scheduler] = begun(list, { untilFailure: true });
  assertEquals(words(scheduler.hung(list[0]!)), []);
});

Deno.test("Scheduler stops for the first reason, and ends the running ones again when asked twice", () => {
  const [scheduler] = begun(tests("a b c"));
  const stop = { reason: "signal", signal: "SIGINT", detail: "Ctrl-C" } as const;
  assertEquals(words(scheduler.stop(stop)), ["stopping signal: Ctrl-C", "settle c not-run 0", "end a b"]);
  assertEquals(words(scheduler.stop({ reason: "max-time", detail: "late" })), ["end a b"]);
  assertEquals(words(scheduler.ended(test("a"), NOT_RUN)), ["settle a not-run 1"]);
});

Deno.test("Scheduler settles what waits for a retry as what it was, when the run stops", () => {
  const [scheduler] = begun(tests("a"), { retries: 1, retryDelayMs: 100 });
  scheduler.ended(test("a"), { status: "crashed" });
  assertEquals(words(scheduler.stop({ reason: "aborted", detail: "over" })), [
    "stopping aborted: over",
    "settle a crashed 1",
    "done",
  ]);
  assertEquals(words(scheduler.isDue(test("a"))), []);
});

Deno.test("Scheduler stops, when five tests in a row cannot be started for the same reason", () => {
  const [scheduler] = begun(tests("a b c d e f g"), { jobs: 1 });
  const error = { status: "error", reason: "no such program", isStartFailure: true } as const;
  for (const name of ["a", "b", "c", "d"]) scheduler.ended(test(name), error);
  assertEquals(words(scheduler.ended(test("e"), error)), [
    "settle e error 1",
    "stopping errors: 5 tests in a row could not be started: no such program",
    "settle f not-run 0",
    "settle g not-run 0",
    "done",
  ]);
  // Those that were started are the fault of a full disk, and the next may have room.
  const [other] = begun(tests("a b c d e f"), { jobs: 1 });
  const started = { ...error, isStartFailure: false };
  for (const name of ["a", "b", "c", "d"]) other.ended(test(name), started);
  assertEquals(words(other.ended(test("e"), started)), ["settle e error 1", "start f#1"]);
});

Deno.test("Scheduler starts fewer at the same time, when the machine refuses, and gives up after some tries", () => {
  const [scheduler] = begun(tests("a b c"), { jobs: 3 });
  assertEquals(words(scheduler.refused(test("c"))), ["wait c 200 jobs 2"]);
  assertEquals(words(scheduler.isDue(test("c"))), []);
  assertEquals(words(scheduler.freed(test("a"))), ["start c#1"]);
  for (let round = 2; round <= 6; round++) {
    scheduler.refused(test("c"));
    scheduler.isDue(test("c"));
  }
  assertEquals(words(scheduler.refused(test("c"))), undefined);
});

Deno.test("Scheduler starts nothing, while it is paused", () => {
  const [scheduler] = begun(tests("a b c"));
  scheduler.pause();
  assertEquals(words(scheduler.freed(test("a"))), []);
  assertEquals(words(scheduler.continue()), ["start c#1"]);
});

Deno.test("Scheduler counts attempts on, when an earlier run has made some", () => {
  const earlierAttempts = new Map([["a", made(1, "failed")]]);
  const [scheduler, first] = begun(tests("a b"), { retries: 1, earlierAttempts });
  assertEquals(first, ["start a#2", "start b#1"]);
  assertEquals(words(scheduler.ended(test("a"), PASSED)), ["settle a flaky 2"]);
});

Deno.test("Scheduler settles what has no attempt left, when an earlier run was killed before it said so", () => {
  const earlierAttempts = new Map([
    ["a", made(2, "crashed")],
    ["b", made(1, "passed")],
    ["c", made(2, "passed", "failed")],
    ["d", made(1, "error")],
    ["e", made(1, "timed-out")],
  ]);
  const [scheduler, first] = begun(tests("a b c d e"), { retries: 1, earlierAttempts });
  assertEquals(first, [
    "settle a crashed 2",
    "settle b passed 1",
    "settle c flaky 2",
    "settle d error 1",
    "start e#2",
  ]);
  assertEquals(words(scheduler.ended(test("e"), NOT_RUN)), ["settle e timed-out 2", "done"]);
});

Deno.test("Scheduler leaves retries to the end, when an earlier run has made the first attempt", () => {
  const options = { retries: 1, retryAtEnd: true, earlierAttempts: new Map([["a", made(1, "failed")]]) };
  const [scheduler, first] = begun(tests("a b"), options);
  assertEquals(first, ["start b#1"]);
  assertEquals(words(scheduler.ended(test("b"), PASSED)), ["settle b passed 1", "start a#2"]);
});

Deno.test("Scheduler starts nothing, when what an earlier run has made is enough to stop", () => {
  const options = { failFast: 1, earlierAttempts: new Map([["b", made(1, "failed")]]) };
  assertEquals(begun(tests("a b c"), options)[1], [
    "settle b failed 1",
    "stopping fail-fast: the test b did not pass",
    "settle a not-run 0",
    "settle c not-run 0",
    "done",
  ]);
});
