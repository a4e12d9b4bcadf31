import { readRun } from "../../../../src/suite/resume/read_run.ts";
import { Scheduler } from "../../../../src/suite/scheduler.ts";
import type { ResumedRun, SuiteTest } from "../../../../src/suite/suite_options.ts";
import type { TestStatus } from "../../../../src/suite_events.ts";
import { assertEquals } from "../../../support/assert.ts";

/** What each attempt at each test comes to; every test may be tried twice again. */
const VERDICTS: Readonly<Record<string, readonly Exclude<TestStatus, "flaky">[]>> = {
  good: ["passed"],
  bad: ["failed", "crashed", "timed-out"],
  better: ["failed", "passed"],
  skips: ["skipped"],
  missing: ["error"],
};
const EXPECTED = ["bad timed-out 3", "better flaky 2", "good passed 1", "missing error 1", "skips skipped 1"];
const TESTS = Object.keys(VERDICTS).map((testId): SuiteTest => ({
  testId,
  name: testId,
  file: testId,
  runner: "command",
  command: ["true"],
}));
const PLAN = { schema: "prekill.events/1", version: "1", args: [], cwd: "/", jobs: 1, tests: TESTS.length };

/** What a run tells from its beginning, or from where it is carried on, in lines of its journal. */
function journalOf(resume: ResumedRun | undefined): string[] {
  const bodies: object[] = resume === undefined
    ? [{ kind: "run-started", ...PLAN }, { kind: "tests-planned", tests: TESTS }]
    : [{ kind: "run-resumed" }];
  const settled = new Set(resume?.settled.map(({ testId }) => testId));
  const left = TESTS.filter(({ testId }) => !settled.has(testId));
  const scheduler = new Scheduler(left, { jobs: 1, retries: 2, earlierAttempts: resume?.attempts });
  const actions = scheduler.begin();
  for (let action = actions.shift(); action !== undefined; action = actions.shift()) {
    if (action.kind === "start") {
      const { test, attempt } = action;
      const status = VERDICTS[test.testId]![attempt - 1]!;
      bodies.push({ kind: "attempt-settled", testId: test.testId, attempt, status, elapsedMs: 1 });
      actions.push(...scheduler.ended(test, { status }));
    } else if (action.kind === "plan-retry") {
      bodies.push({ kind: "retry-planned", testId: action.test.testId });
      actions.push(...scheduler.isDue(action.test));
    } else if (action.kind === "settle") {
      const { test: { testId }, status, attempts } = action;
      bodies.push({ kind: "test-settled", testId, status, attempts });
    }
  }
  const first = (resume?.lastSeq ?? 0) + 1;
  return bodies.map((body, index) => JSON.stringify({ seq: first + index, id: "run", ...body }));
}

/** `ID status attempts` of each settled test, as often as it was settled. */
function settledIn(text: string): string[] {
  return text.split("\n").filter((line) => line.endsWith("}") && line.includes('"test-settled"'))
    .map((line) => JSON.parse(line)).map(({ testId, status, attempts }) => `${testId} ${status} ${attempts}`)
    .sort();
}

Deno.test("a run whose journal was cut at any byte settles each test once, with the attempts that it had", () => {
  const whole = `${journalOf(undefined).join("\n")}\n`;
  assertEquals(settledIn(whole), EXPECTED);
  const ready = whole.split("\n", 2).join("\n").length;
  for (let length = ready; length <= whole.length; length++) {
    const torn = whole.slice(0, length);
    const read = readRun(torn);
    if ("problem" in read) throw new Error(`after ${length} bytes: ${read.problem}`);
    // What comes next begins on a line of its own.
    const both = `${torn}${torn.endsWith("\n") ? "" : "\n"}${journalOf(read.resume).join("\n")}\n`;
    assertEquals(settledIn(both), EXPECTED, `after ${length} bytes`);
    const after = readRun(both);
    assertEquals("left" in after && after.left, [], `after ${length} bytes`);
  }
});
