import { foldEvents } from "../../../src/report/fold_events.ts";
import { renderTap } from "../../../src/report/render_tap.ts";
import { TapReporter } from "../../../src/report/tap_reporter.ts";
import { yamlBlock } from "../../../src/report/yaml_block.ts";
import type { SuiteEvent, SuiteEventBody, TestStatus } from "../../../src/suite_events.ts";
import { assertEquals, assertMatch } from "../../support/assert.ts";
import { GOLDEN_EVENTS, GOLDEN_OPTIONS, GOLDEN_RUN } from "../../support/golden_run.ts";

const RUN_SETTLED: SuiteEventBody = {
  kind: "run-settled",
  counts: GOLDEN_RUN.counts,
  elapsedMs: 1,
  exitCode: 0,
};

function stream(events: readonly SuiteEvent[]): string {
  const reporter = new TapReporter(GOLDEN_OPTIONS);
  return events.map((event) => reporter.onEvent(event)).join("") + reporter.end();
}

function run(...bodies: SuiteEventBody[]): SuiteEvent[] {
  return bodies.map((body, index) => ({ seq: index + 1, atMs: 1, id: "run", ...body }));
}

function plan(...names: string[]): SuiteEventBody {
  const tests = names.map((name) => ({ testId: name, name, file: name, runner: "command" }));
  return { kind: "tests-planned", tests };
}

function settled(testId: string, status: TestStatus): SuiteEventBody {
  return { kind: "test-settled", testId, name: testId, file: testId, attempts: 1, elapsedMs: 1, status };
}

/** The lines without the YAML blocks. */
function points(text: string): string[] {
  return text.split("\n").filter((line) => line !== "" && !line.startsWith(" "));
}

Deno.test("TapReporter tells the same points as renderTap(), in the order in which tests are settled", () => {
  const streamed = points(stream(GOLDEN_EVENTS)).map((line) => line.replace(/\d+ - /, "")).sort();
  const rendered = points(renderTap(GOLDEN_RUN, GOLDEN_OPTIONS)).map((line) => line.replace(/\d+ - /, ""))
    .sort();
  assertEquals(streamed, rendered);
});

Deno.test("TapReporter numbers the points of the plan, wherever the run is cut off", () => {
  for (let count = 0; count <= GOLDEN_EVENTS.length; count++) {
    const cut = GOLDEN_EVENTS.slice(0, count);
    for (const text of [stream(cut), renderTap(foldEvents(cut), GOLDEN_OPTIONS)]) {
      const [version, planned] = points(text);
      assertEquals([version, planned], ["TAP version 14", planned?.match(/^(1\.\.\d+)$/)?.[0]]);
      const numbers = points(text).flatMap((line) => /^(?:not )?ok (\d+) - /.exec(line)?.[1] ?? []);
      assertEquals(numbers, numbers.map((_, index) => String(index + 1)));
      assertEquals(points(text).at(-1)?.startsWith("Bail out!"), count < GOLDEN_EVENTS.length);
    }
  }
});

Deno.test("TapReporter tells each test once, when a run that was stopped is carried on", () => {
  const text = stream(run(
    plan("a", "b"),
    settled("a", "passed"),
    settled("b", "not-run"),
    RUN_SETTLED,
    { kind: "run-resumed", settled: 1, left: 1 },
    plan("b"),
    settled("b", "passed"),
    RUN_SETTLED,
  ));
  assertEquals(points(text), ["TAP version 14", "1..2", "ok 1 - a", "ok 2 - b"]);
});

Deno.test("TapReporter keeps what is skipped apart from what had no turn", () => {
  const text = stream(run(plan("a", "b"), settled("a", "skipped"), settled("b", "not-run"), RUN_SETTLED));
  assertEquals(points(text).slice(2), ["ok 1 - a # SKIP", "not ok 2 - b"]);
});

Deno.test("TapReporter escapes what would be a directive or another line", () => {
  const name = "a # SKIP\nok 2 - b \\# x";
  const [, , point] = points(stream(run(plan(name), settled(name, "failed"), RUN_SETTLED)));
  assertEquals(point, String.raw`not ok 1 - a \# SKIP\\nok 2 - b \\\# x`);
});

Deno.test("yamlBlock() quotes texts, and keeps lines as they are", () => {
  assertEquals(
    yamlBlock({ a: 'x: "y" # z\n', b: 1.5, c: undefined, d: [], e: ["p", "  q", "..."], f: ["  p"], g: NaN }),
    [
      String.raw`a: "x: \"y\" # z\\n"`,
      "b: 1.5",
      "e: |",
      "  p",
      "    q",
      "  ...",
      "f: |2",
      "    p",
      "g: null",
    ],
  );
  assertMatch(yamlBlock({ a: "\u0085\u2028\ufeff" })[0]!, /^a: "[\\a-z0-9]+"$/);
});
