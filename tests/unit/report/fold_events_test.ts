import { foldEvents } from "../../../src/report/fold_events.ts";
import { renderHtml } from "../../../src/report/render_html.ts";
import { renderJunit } from "../../../src/report/render_junit.ts";
import { renderMarkdown } from "../../../src/report/render_markdown.ts";
import { summarizeRun } from "../../../src/report/terminal_summary.ts";
import type { RunSummary } from "../../../src/report/run_summary.ts";
import type { SuiteEvent, SuiteEventBody } from "../../../src/suite_events.ts";
import { assertEquals, assertMatch } from "../../support/assert.ts";
import { GOLDEN_EVENTS, GOLDEN_OPTIONS, GOLDEN_RUN } from "../../support/golden_run.ts";

const PLAN: Extract<SuiteEventBody, { kind: "tests-planned" }> = {
  kind: "tests-planned",
  tests: ["a", "b", "c"].map((name) => ({ testId: name, name, file: `${name}.sh`, runner: "command" })),
};
const COUNTS = GOLDEN_RUN.counts;

function fold(...bodies: SuiteEventBody[]): RunSummary {
  return foldEvents(
    bodies.map((body, index) => ({ seq: index + 1, atMs: 1000 + index * 100, id: "run", ...body })),
  );
}

function started(testId: string): SuiteEventBody[] {
  return [
    { kind: "test-started", testId, name: testId, file: `${testId}.sh` },
    { kind: "attempt-started", testId, attempt: 1, pid: 7, command: [testId] },
  ];
}

function ended(testId: string, code: number): SuiteEventBody {
  const status = code === 0 ? "passed" : "failed";
  return {
    kind: "attempt-settled",
    testId,
    attempt: 1,
    status,
    outcome: { kind: "exited", code },
    elapsedMs: 50,
    outputBytes: 0,
  };
}

function settled(testId: string, status: "passed" | "failed" | "not-run"): SuiteEventBody {
  return {
    kind: "test-settled",
    testId,
    name: testId,
    file: `${testId}.sh`,
    attempts: 1,
    elapsedMs: 50,
    status,
  };
}

function statuses(run: RunSummary): Record<string, string> {
  return Object.fromEntries(run.tests.map(({ planned, status }) => [planned.testId, status]));
}

Deno.test("foldEvents() counts each test once, as the run itself does", () => {
  const end = GOLDEN_EVENTS.at(-1)!;
  assertEquals(end.kind === "run-settled" && GOLDEN_RUN.counts, end.kind === "run-settled" && end.counts);
  assertEquals(GOLDEN_RUN.tests.length, GOLDEN_RUN.plan?.tests);
});

Deno.test("foldEvents() tells what still ran, when the run was killed", () => {
  const run = fold(PLAN, ...started("a"), ended("a", 0), settled("a", "passed"), ...started("b"), {
    kind: "light-sample",
    testId: "b",
    elapsedMs: 9,
    summary: "b sleeps",
  });
  assertEquals(statuses(run), { a: "passed", b: "not-run", c: "not-run" });
  const [a, b, c] = run.tests;
  assertEquals([a?.isSettled, b?.isSettled, c?.isSettled], [true, false, false]);
  assertEquals([a?.runningSinceMs, b?.runningSinceMs, c?.runningSinceMs], [undefined, 1600, undefined]);
  assertEquals([b?.lastLook, run.settled], ["b sleeps", undefined]);
});

Deno.test("foldEvents() takes the later word, when a run that was stopped or killed was carried on", () => {
  const run = fold(
    PLAN,
    ...started("a"),
    ended("a", 1),
    settled("a", "failed"),
    ...started("b"),
    { kind: "stopping", reason: "signal", signal: "SIGINT", detail: "stopped" },
    settled("c", "not-run"),
    { kind: "run-resumed", settled: 1, left: 2 },
    { kind: "tests-planned", tests: PLAN.tests.slice(1) },
    ...started("b"),
    ended("b", 0),
    settled("b", "passed"),
    ...started("c"),
    ended("c", 0),
    settled("c", "passed"),
    { kind: "run-settled", counts: COUNTS, elapsedMs: 700, exitCode: 1 },
  );
  assertEquals(statuses(run), { a: "failed", b: "passed", c: "passed" });
  assertEquals(run.tests.map(({ attempts }) => attempts.length), [1, 1, 1]);
  assertEquals([run.resumed, run.stopping, run.settled?.exitCode], [1, undefined, 1]);
  // The first part lasted from 1000 to 1800 ms of the epoch.
  assertEquals(run.elapsedMs, 800 + 700);
});

Deno.test("foldEvents() lets tests name themselves, when the plan is lost", () => {
  const run = fold(...started("a"), ended("a", 0), settled("a", "passed"), ended("x", 1));
  assertEquals(run.tests.map(({ planned }) => [planned.name, planned.file]), [["a", "a.sh"], ["x", "x"]]);
  assertEquals(run.plan, undefined);
});

Deno.test("foldEvents() keeps the limit with the attempt that reached it", () => {
  const limit: SuiteEventBody = { kind: "limit-reached", testId: "a", limit: "timeout", limitMs: 5 };
  const run = fold(PLAN, ...started("a"), limit, ended("a", 1), ...started("a"), ended("a", 0));
  assertEquals(run.tests[0]?.attempts.map(({ limitMs }) => limitMs), [5, undefined]);
});

Deno.test("foldEvents() makes an empty summary, when there are no events", () => {
  const run = foldEvents([] as SuiteEvent[]);
  assertEquals([run.tests.length, run.elapsedMs, run.startedAtMs], [0, 0, 0]);
});

Deno.test("foldEvents() adds up how attempts have started, and reports say so with what was decided, unless quiet", () => {
  const end = { kind: "run-settled", counts: COUNTS, elapsedMs: 100, exitCode: 0 } as const;
  const note = { kind: "note", message: "Preloaded for python3: yaml (20 ms)" } as const;
  const resumed = { kind: "run-resumed", settled: 1, left: 2 } as const;
  const starts = { warm: 2, cold: 1 };
  const run = fold(PLAN, note, note, { ...end, starts }, resumed, { ...end, starts: { warm: 1, cold: 0 } });
  assertEquals([run.starts, run.notes], [{ warm: 3, cold: 1 }, [note.message, note.message]]);
  const text = (verbosity: "normal" | "quiet"): string =>
    summarizeRun(run, { ...GOLDEN_OPTIONS, verbosity, style: (part) => part });
  assertMatch(text("normal"), /note: Preloaded for python3: yaml \(20 ms\)\n3 tests in .*, 3 started warm: /);
  assertEquals(/note|warm/.test(text("quiet")), false);
  for (const report of [renderMarkdown(run, GOLDEN_OPTIONS), renderHtml(run, GOLDEN_OPTIONS)]) {
    assertMatch(report, /, 3 started warm[^]*Preloaded for python3: yaml/);
  }
  assertMatch(
    renderJunit(run, GOLDEN_OPTIONS),
    /startedWarm" value="3"[^]*startedCold" value="1"[^]*notes" value="Preloaded for python3: yaml \(20 ms\)"/,
  );
});
