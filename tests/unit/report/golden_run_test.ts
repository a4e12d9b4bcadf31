import { githubAnnotations } from "../../../src/report/github_annotations.ts";
import { ndjsonLine } from "../../../src/report/ndjson_line.ts";
import { renderHtml } from "../../../src/report/render_html.ts";
import { renderJunit } from "../../../src/report/render_junit.ts";
import { renderMarkdown } from "../../../src/report/render_markdown.ts";
import { renderTap } from "../../../src/report/render_tap.ts";
import { TerminalReporter } from "../../../src/report/terminal_reporter.ts";
import { assertEquals } from "../../support/assert.ts";
import {
  GOLDEN_EVENTS,
  GOLDEN_JOURNAL,
  GOLDEN_OPTIONS,
  GOLDEN_RUN,
  goldenText,
} from "../../support/golden_run.ts";

function terminal(verbosity: "quiet" | "normal" | "verbose"): string {
  const reporter = new TerminalReporter({
    ...GOLDEN_OPTIONS,
    verbosity,
    isLive: false,
    style: (text) => text,
  });
  return GOLDEN_EVENTS.map((event) => reporter.onEvent(event)).join("") + reporter.end();
}

const REPORTS: Readonly<Record<string, () => string>> = {
  "junit.xml": () => renderJunit(GOLDEN_RUN, GOLDEN_OPTIONS),
  "run.tap": () => renderTap(GOLDEN_RUN, GOLDEN_OPTIONS),
  "github.txt": () => githubAnnotations(GOLDEN_RUN, GOLDEN_OPTIONS),
  "markdown.md": () => renderMarkdown(GOLDEN_RUN, GOLDEN_OPTIONS),
  "report.html": () => renderHtml(GOLDEN_RUN, GOLDEN_OPTIONS),
  "terminal.txt": () => terminal("normal"),
  "terminal_quiet.txt": () => terminal("quiet"),
  "terminal_verbose.txt": () => terminal("verbose"),
};

/** What acts on a terminal or hides text; a line break is the only one that reports need. */
// deno-lint-ignore no-control-regex
const CONTROL = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e]/;

for (const [name, render] of Object.entries(REPORTS)) {
  Deno.test(`the report of the recorded run is what tests/golden/run/${name} holds`, () => {
    const text = render();
    assertEquals(text, goldenText(name, text));
  });

  Deno.test(`the report like ${name} holds no control character, whatever tests are called and print`, () => {
    assertEquals(CONTROL.exec(render())?.[0], undefined);
    assertEquals(render().isWellFormed(), true);
  });
}

Deno.test("ndjsonLine() writes what the journal holds", () => {
  const lines = GOLDEN_JOURNAL.trim().split("\n").map((line) => `${JSON.stringify(JSON.parse(line))}\n`);
  assertEquals(GOLDEN_EVENTS.map(ndjsonLine), lines);
});
