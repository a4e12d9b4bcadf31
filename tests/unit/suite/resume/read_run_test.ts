import { type EarlierRun, readRun } from "../../../../src/suite/resume/read_run.ts";
import { assertEquals } from "../../../support/assert.ts";

const PLAN = {
  schema: "prekill.events/1",
  version: "1",
  args: ["-j2"],
  cwd: "/w",
  host: { os: "linux", arch: "x86_64", cpus: 2 },
  jobs: 2,
  tests: 3,
};
const PLANNED = ["a", "b", "c"].map((testId) => ({ testId, name: testId, file: testId, runner: "command" }));
const START = [{ kind: "run-started", ...PLAN }, { kind: "tests-planned", tests: PLANNED }];
const attempt = (testId: string, number: number, status = "failed") => ({
  kind: "attempt-settled",
  testId,
  attempt: number,
  status,
  elapsedMs: 7,
});
const settled = (testId: string, status: string) => ({ kind: "test-settled", testId, status });

function journal(...bodies: object[]): string {
  return bodies.map((body, index) => `${JSON.stringify({ seq: index + 1, atMs: 0, id: "run", ...body })}\n`)
    .join("");
}

function run(text: string): EarlierRun {
  const read = readRun(text);
  if ("problem" in read) throw new Error(read.problem);
  return read;
}

Deno.test("readRun() tells what is settled, what is left and how often that was tried", () => {
  const earlier = run(
    journal(...START, attempt("a", 1), attempt("b", 1), settled("a", "failed"), attempt("b", 2)),
  );
  assertEquals(earlier.plan, PLAN as EarlierRun["plan"]);
  assertEquals(earlier.tests.map(({ testId }) => testId), ["a", "b", "c"]);
  assertEquals(earlier.left.map(({ testId }) => testId), ["b", "c"]);
  assertEquals([earlier.resume.id, earlier.resume.lastSeq], ["run", 6]);
  assertEquals(earlier.resume.settled, [{ testId: "a", status: "failed" }]);
  assertEquals([...earlier.resume.attempts], [
    ["b", { count: 2, status: "failed", lastBad: "failed", elapsedMs: 14 }],
  ]);
});

Deno.test("readRun() reads a journal that was torn at any byte, and never more than was settled", () => {
  const text = journal(...START, settled("a", "passed"), settled("b", "failed"));
  const counts = new Set<number>();
  for (let length = 0; length <= text.length; length++) {
    const read = readRun(text.slice(0, length));
    if (!("problem" in read)) counts.add(read.resume.settled.length);
  }
  assertEquals([...counts], [0, 1, 2]);
});

Deno.test("readRun() passes over torn lines in the middle, which resumed runs leave, and what it does not know", () => {
  const lines = journal(...START, settled("a", "passed"), { kind: "unheard-of" }, settled("b", "passed"))
    .split("\n");
  const text = [...lines.slice(0, 3), '{"seq":4,"atM', ...lines.slice(3), "null", "7", "\u0000"].join("\n");
  assertEquals(run(text).resume.settled.length, 2);
});

Deno.test("readRun() takes several resumes as one run, in which each test is settled once", () => {
  const resumed = { kind: "run-resumed", settled: 1, left: 2 };
  const earlier = run(journal(
    ...START,
    settled("a", "passed"),
    settled("b", "not-run"),
    resumed,
    { kind: "tests-planned", tests: PLANNED.slice(1) },
    settled("b", "failed"),
    settled("a", "failed"),
    resumed,
    settled("c", "not-run"),
  ));
  const expected = [{ testId: "a", status: "passed" }, { testId: "b", status: "failed" }];
  assertEquals(earlier.resume.settled as readonly unknown[], expected);
  assertEquals(earlier.left.map(({ testId }) => testId), ["c"]);
});

Deno.test("readRun() does not count attempts that were cut off", () => {
  const earlier = run(
    journal(...START, attempt("a", 1), attempt("a", 2, "not-run"), { ...attempt("b", 1), attempt: "x" }),
  );
  assertEquals([...earlier.resume.attempts.keys()], ["a"]);
  assertEquals(earlier.resume.attempts.get("a")?.count, 1);
});

Deno.test("readRun() tells attempts that passed from those that did not, when their test has not settled", () => {
  const { attempts } = run(
    journal(...START, attempt("a", 1, "crashed"), attempt("a", 2, "passed"), attempt("b", 1, "passed")),
  ).resume;
  assertEquals(attempts.get("a"), { count: 2, status: "passed", lastBad: "crashed", elapsedMs: 14 });
  assertEquals(attempts.get("b"), { count: 1, status: "passed", lastBad: undefined, elapsedMs: 7 });
});

Deno.test("readRun() takes no status that there is none of", () => {
  const { resume, left } = run(
    journal(...START, attempt("a", 1, "splendid"), settled("a", "toString"), settled("b", "__proto__")),
  );
  assertEquals([resume.settled.length, resume.attempts.size, left.length], [0, 0, 3]);
});

Deno.test("readRun() says when not all tests had been written down", () => {
  assertEquals(run(journal(START[0]!)).isPlanComplete, false);
  assertEquals(run(journal(...START)).isPlanComplete, true);
});

Deno.test("readRun() says why a file is not the journal of a run", () => {
  const problem = (text: string): unknown => (readRun(text) as { problem?: string }).problem;
  assertEquals(problem(""), "it holds no events");
  assertEquals(problem("hello\n{}\n"), "it holds no events");
  assertEquals(
    problem(journal({ kind: "attempt-started" })),
    "its beginning is missing, or it is not that of a run",
  );
  const other = { ...START[0], schema: "prekill.events/2", version: "9.0.0" };
  assertEquals(problem(journal(other)), "it was written by another version of prekill (9.0.0)");
  const foreign = journal(...START) + journal({ id: "other", kind: "test-settled" });
  assertEquals(problem(foreign), "it holds the events of more than one run");
  assertEquals(
    problem(journal({ kind: "run-started", schema: PLAN.schema })),
    "it does not say what was run",
  );
  const odd = { kind: "tests-planned", tests: [null, 3, { testId: 4 }] };
  assertEquals(problem(journal(START[0]!, odd)), undefined);
});
