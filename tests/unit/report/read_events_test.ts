import { readEvents } from "../../../src/report/read_events.ts";
import { foldEvents } from "../../../src/report/fold_events.ts";
import { renderHtml } from "../../../src/report/render_html.ts";
import { summarizeRun } from "../../../src/report/terminal_summary.ts";
import { assert, assertEquals } from "../../support/assert.ts";
import { GOLDEN_JOURNAL, GOLDEN_OPTIONS } from "../../support/golden_run.ts";

const LINES = GOLDEN_JOURNAL.trim().split("\n");

function changed(line: number, change: (event: Record<string, unknown>) => void): string {
  const event = JSON.parse(LINES[line]!);
  change(event);
  return LINES.with(line, JSON.stringify(event)).join("\n");
}

Deno.test("readEvents() reads a whole journal without a problem", () => {
  const { events, problems } = readEvents(GOLDEN_JOURNAL);
  assertEquals([events.length, problems], [LINES.length, []]);
});

Deno.test("readEvents() takes a last line that is torn for no problem, wherever it is torn", () => {
  const last = LINES.at(-1)!;
  for (let length = 0; length < last.length; length++) {
    const { events, problems } = readEvents([...LINES.slice(0, -1), last.slice(0, length)].join("\n"));
    assertEquals([events.length, problems], [LINES.length - 1, []], `${length} characters`);
  }
});

Deno.test("readEvents() takes a torn line for no problem, when the run was carried on after it", () => {
  const resumed = JSON.parse(LINES[0]!);
  const next = { seq: 4, atMs: 5, id: resumed.id, kind: "run-resumed", settled: 0, left: 2 };
  const text = [...LINES.slice(0, 3), LINES[3]!.slice(0, 20), JSON.stringify(next)].join("\n");
  assertEquals(readEvents(text).problems, []);
  const torn = [...LINES.slice(0, 3), LINES[3]!.slice(0, 20), ...LINES.slice(4)].join("\n");
  assertEquals(readEvents(torn).problems, ["Cannot use line 4 of the journal: it is no JSON"]);
});

Deno.test("readEvents() skips kinds and keeps fields that it does not know", () => {
  const text = changed(3, (event) => event.kind = "invented");
  assertEquals([readEvents(text).events.length, readEvents(text).problems], [LINES.length - 1, []]);
  const more = changed(3, (event) => event.extra = { deep: [1] });
  assertEquals([readEvents(more).events.length, readEvents(more).problems], [LINES.length, []]);
});

Deno.test("readEvents() refuses another version, and says which", () => {
  const { events, problems } = readEvents(changed(0, (event) => event.schema = "prekill.events/2\x1b"));
  assertEquals(events, []);
  assertEquals(problems, [
    "Cannot use line 1 of the journal: it is of the schema prekill.events/2\\x1b; a newer prekill can read it",
  ]);
});

Deno.test("readEvents() says what is wrong with a line, and reads on", () => {
  const cases: [string, string][] = [
    [changed(2, (event) => delete event.name), "name is missing"],
    [changed(1, (event) => event.tests = [1]), "tests.0 is no object"],
    [changed(3, (event) => event.pid = "7"), "pid is no integer"],
    [changed(2, (event) => event.id = "other"), "it is of another run"],
    [changed(2, (event) => event.seq = 0), "seq is less than 1"],
    [changed(4, (event) => event.status = "toString"), "status is none of its values"],
    [changed(4, (event) => event.outcome = { kind: "exited" }), "outcome is none of what it may be"],
    [LINES.with(2, "[]").join("\n"), "it is no object"],
    [LINES.with(2, "null").join("\n"), "it is no object"],
  ];
  for (const [text, problem] of cases) {
    const { events, problems } = readEvents(text);
    assertEquals(problems.map((one) => one.replace(/^.*journal: /, "")), [problem]);
    assertEquals(events.length, LINES.length - 1, problem);
  }
});

Deno.test("readEvents() names a few problems and counts the others, when nothing is of use", () => {
  const { events, problems } = readEvents("{}\n".repeat(1000));
  assertEquals([events.length, problems.length], [0, 21]);
  assertEquals(problems.at(-1), "980 more lines of the journal cannot be used");
});

Deno.test("reports can be made of any journal, when values in it are replaced by others", () => {
  const values: unknown[] = [null, -1, 1e300, "x\x1b]0;t\x07", [], {}, [null], true, "constructor"];
  let count = 0;
  for (const [index, line] of LINES.entries()) {
    for (const key of Object.keys(JSON.parse(line))) {
      const value = values[count++ % values.length];
      const run = foldEvents(readEvents(changed(index, (event) => event[key] = value)).events);
      const text = renderHtml(run, GOLDEN_OPTIONS) +
        summarizeRun(run, { ...GOLDEN_OPTIONS, verbosity: "normal", style: (text) => text });
      assert(!text.includes("\x1b"), `${key} of line ${index + 1}`);
    }
  }
});
