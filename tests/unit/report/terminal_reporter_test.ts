import { TerminalReporter } from "../../../src/report/terminal_reporter.ts";
import type { TerminalOptions } from "../../../src/report/terminal_options.ts";
import type { SuiteEvent, SuiteEventBody, TestStatus } from "../../../src/suite_events.ts";
import { assert, assertEquals, assertStringIncludes } from "../../support/assert.ts";
import { GOLDEN_EVENTS, GOLDEN_OPTIONS } from "../../support/golden_run.ts";

const START_MS = 1000;

function reporter(options: Partial<TerminalOptions> = {}): TerminalReporter {
  return new TerminalReporter({
    ...GOLDEN_OPTIONS,
    verbosity: "normal",
    isLive: true,
    style: (text) => text,
    ...options,
  });
}

function at(atMs: number, body: SuiteEventBody): SuiteEvent {
  return { seq: 1, atMs, id: "run", ...body };
}

function plan(...names: string[]): SuiteEvent {
  const tests = names.map((name) => ({ testId: name, name, file: name, runner: "command" }));
  return at(START_MS, { kind: "tests-planned", tests });
}

function started(testId: string, atMs = START_MS): SuiteEvent[] {
  return [
    at(atMs, { kind: "test-started", testId, name: testId, file: testId }),
    at(atMs, { kind: "attempt-started", testId, attempt: 1, pid: 7, command: [testId] }),
  ];
}

function settled(testId: string, status: TestStatus = "passed"): SuiteEvent {
  return at(START_MS, {
    kind: "test-settled",
    testId,
    name: testId,
    file: testId,
    attempts: 1,
    elapsedMs: 5,
    status,
  });
}

function feed(subject: TerminalReporter, ...events: SuiteEvent[]): string {
  return events.map((event) => subject.onEvent(event)).join("");
}

function frame(subject: TerminalReporter, nowMs = START_MS, columns = 80, rows = 24): string {
  return subject.frame({ nowMs, columns, rows });
}

Deno.test("frame() shows what runs and for how long, the longest first, and how far the run is", () => {
  const subject = reporter();
  feed(
    subject,
    plan("a", "b", "c", "d"),
    ...started("a"),
    ...started("b", 2500),
    ...started("c"),
    settled("c"),
  );
  assertEquals(
    frame(subject, 4000),
    [
      "passed          5 ms  c",
      "       3 s  a",
      "     1.5 s  b",
      "[=====               ] 1/4  3 s  1 passed",
    ].join("\n"),
  );
});

Deno.test("frame() takes the place of the frame before, and keeps the lines of events above", () => {
  const subject = reporter();
  feed(subject, plan("a", "b"), ...started("a"), ...started("b"));
  frame(subject);
  assertEquals(feed(subject, settled("a")), "");
  const text = frame(subject);
  assert(text.startsWith("\r\x1b[2A\x1b[Jpassed"), JSON.stringify(text));
  assert(frame(subject).startsWith("\r\x1b[1A\x1b[J "), "the line of an event is written once");
  assertEquals(subject.clear(), "\r\x1b[1A\x1b[J");
  assertEquals(subject.clear(), "");
});

Deno.test("frame() fits the terminal, when names are long and wide and there is much to show", () => {
  const subject = reporter();
  const names = Array.from({ length: 40 }, (_, index) => `${"日本語🎉".repeat(40)}${index}`);
  feed(subject, plan(...names), ...names.flatMap((name) => started(name)));
  for (const [columns, rows] of [[10, 4], [20, 6], [33, 24], [200, 100]] as const) {
    subject.clear();
    const lines = frame(subject, 9000, columns, rows).split("\n");
    assert(lines.length <= rows, `${lines.length} lines in ${rows} rows`);
    for (const line of lines) {
      const width = [...line].reduce((sum, character) => sum + (/[日本語🎉]/u.test(character) ? 2 : 1), 0);
      assert(width < Math.max(columns, 11), `${width} columns of ${columns}: ${line}`);
    }
  }
});

Deno.test("frame() foretells the end, when earlier runs tell how long tests take", () => {
  const expectedMs = new Map([["a", 60_000], ["b", 30_000]]);
  const subject = reporter({ expectedMs });
  feed(subject, plan("a", "b"), ...started("a"));
  assertStringIncludes(frame(subject), "about 1 min 30 s left");
  feed(subject, settled("a"));
  feed(subject, ...started("b"));
  assertStringIncludes(frame(subject), "about 30 s left");
  assertStringIncludes(frame(subject, START_MS + 10_000), "about 20 s left");
  assertEquals(frame(subject, START_MS + 40_000).includes("left"), false);
});

Deno.test("frame() lets no time pass, while the run is paused", () => {
  const subject = reporter();
  feed(subject, plan("a"), ...started("a"), at(2000, { kind: "paused" }));
  assertStringIncludes(frame(subject, 9000), "paused");
  feed(subject, at(9000, { kind: "continued", pausedMs: 7000 }));
  const lines = frame(subject, 9000).split("\n").slice(-2);
  assertEquals(lines, ["       1 s  a", "[                    ] 0/1  1 s"]);
});

Deno.test("onEvent() returns lines at once and frame() nothing, without a bar", () => {
  const subject = reporter({ isLive: false });
  assertEquals(feed(subject, plan("a"), ...started("a"), settled("a")), "passed          5 ms  a\n");
  assertEquals([frame(subject), subject.clear()], ["", ""]);
});

Deno.test("look() tells what runs, and the look at each of them that follows", () => {
  const subject = reporter({ isLive: false });
  const seen = at(3000, { kind: "light-sample", testId: "a", elapsedMs: 2000, summary: "a sleeps\x1b[2J" });
  assertEquals(feed(subject, plan("a", "b"), ...started("a"), seen), "");
  assertEquals(subject.look(3000), "1 of 2 tests running, 0 done\n       2 s  a\n");
  assertEquals(feed(subject, seen), "       2 s  a: a sleeps\\x1b[2J\n");
  assertEquals(feed(subject, seen), "");
});

Deno.test("frame() counts the tests of a run that is carried on once", () => {
  const subject = reporter();
  const first = [
    plan("a", "b", "c"),
    ...started("a"),
    settled("a"),
    ...started("b"),
    settled("c", "not-run"),
  ];
  feed(subject, ...first, at(9000, { kind: "run-resumed", settled: 1, left: 2 }));
  subject.clear();
  feed(subject, plan("b", "c"), ...started("b", 9000));
  assertEquals(
    frame(subject, 10_000),
    "       1 s  b\n[=======             ] 1/3  1 s  1 passed",
  );
});

Deno.test("frame() shows a test again that is retried at the end", () => {
  const subject = reporter();
  feed(
    subject,
    plan("a"),
    ...started("a"),
    at(2000, { kind: "retry-planned", testId: "a", attempt: 2, afterMs: 0, atEnd: true }),
  );
  assertEquals(
    frame(subject, 2000),
    "retry                 a: to be tried again at the end\n[                    ] 0/1  1 s",
  );
  feed(subject, at(3000, { kind: "attempt-started", testId: "a", attempt: 2, pid: 8, command: ["a"] }));
  assertStringIncludes(frame(subject, 3500), "a (attempt 2)");
});

Deno.test("end() erases the bar, and explains each hang once", () => {
  const subject = reporter();
  feed(subject, ...GOLDEN_EVENTS);
  frame(subject);
  const text = subject.end();
  assert(text.startsWith("\r\x1b[J"));
  assertEquals(text.split("deadlock (proven)").length, 2);
  assertStringIncludes(text, "the same hang as new\\nline\\ttab.sh");
  assertStringIncludes(text, "sample: .prekill/r1/h2.sample");
});
