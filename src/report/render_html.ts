import { formatDuration } from "../duration.ts";
import { formatUtc } from "../format_utc.ts";
import { isBad } from "../status_counts.ts";
import type { TestStatus } from "../suite_events.ts";
import { describeRunEnd } from "./describe_run_end.ts";
import { describeSize } from "./describe_size.ts";
import { escapeMarkup } from "./escape_markup.ts";
import { explainAttempt } from "./explain_attempt.ts";
import { HTML_STYLE } from "./html_style.ts";
import type { ReportOptions } from "./report_options.ts";
import type { ReportedAttempt, RunSummary, TestSummary } from "./run_summary.ts";
import { shownText } from "./shown_text.ts";
import { slowestTests } from "./slowest_tests.ts";
import { countWords, STATUS_ORDER } from "./status_words.ts";
import { tailLines } from "./tail_lines.ts";
import { noteLines, warningLines } from "./warning_lines.ts";

const MAX_TAIL_LINES = 400;

/**
 * Writes a run as one HTML file that needs nothing else, no script either: the counts, each test that did not pass with all its
 * attempts, the flaky tests, the slowest, and a list of all.
 *
 * @param run what became of the tests
 * @param options how to write the parts
 * @returns the file
 */
export function renderHtml(run: RunSummary, options: ReportOptions): string {
  const bad = run.tests.filter(({ status }) => isBad(status)).sort((a, b) =>
    STATUS_ORDER.indexOf(b.status) - STATUS_ORDER.indexOf(a.status)
  );
  const flaky = run.tests.filter(({ status }) => status === "flaky");
  const title = `prekill: ${countWords(run.counts)}`;
  return [
    `<!doctype html>`,
    `<html lang="en">`,
    `<head>`,
    `<meta charset="utf-8">`,
    `<meta name="viewport" content="width=device-width, initial-scale=1">`,
    `<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">`,
    `<title>${shown(title)}</title>`,
    `<style>${HTML_STYLE}</style>`,
    `</head>`,
    `<body>`,
    ...head(run),
    ...section("Did not pass", bad.map((test) => details(test, options))),
    ...section("Flaky", flaky.map((test) => details(test, options))),
    ...section("Slowest", table(slowestTests(run.tests))),
    ...section("Warnings", list(warningLines(run))),
    ...section("Notes", list(noteLines(run))),
    ...section("All tests", table(run.tests)),
    `</body>`,
    `</html>\n`,
  ].join("\n");
}

function head(run: RunSummary): string[] {
  const { plan, startedAtMs, resumed } = run;
  const end = describeRunEnd(run);
  const facts = [
    describeSize(run),
    startedAtMs === 0 ? "" : formatUtc(new Date(startedAtMs).toISOString()),
    plan === undefined ? "" : `${plan.host.os} ${plan.host.arch}, ${plan.jobs} at the same time`,
    plan?.shard === undefined ? "" : `shard ${plan.shard}`,
    resumed > 0 ? `resumed ${resumed === 1 ? "once" : `${resumed} times`}` : "",
  ].filter((fact) => fact !== "");
  const command = plan === undefined || plan.args.length === 0 ? "" : plan.args.join(" ");
  return [
    `<h1>prekill: ${countWords(run.counts, (text, status) => `<span class="${status}">${text}</span>`)}</h1>`,
    `<p>${shown(facts.join(" · "))}</p>`,
    ...(command === "" ? [] : [`<p class="soft"><code>${shown(command)}</code></p>`]),
    ...(end === undefined ? [] : [`<p class="end">${shown(end)}</p>`]),
  ];
}

function details(test: TestSummary, options: ReportOptions): string {
  const { planned, status, elapsedMs, attempts } = test;
  const shownAttempts = attempts.filter((attempt) => isBad(attempt.status));
  return [
    `<details><summary>${statusWord(status)} ${shown(planned.name)} <span class="soft">${
      formatDuration(elapsedMs)
    }</span></summary>`,
    ...shownAttempts.map((attempt) => renderAttempt(attempt, attempts.length, options)),
    `</details>`,
  ].join("\n");
}

function renderAttempt(attempt: ReportedAttempt, count: number, options: ReportOptions): string {
  const lines = explainAttempt(attempt, options);
  const tail = tailLines(attempt.tail, MAX_TAIL_LINES);
  return [
    ...(count > 1 ? [`<p>Attempt ${attempt.attempt} of ${count}</p>`] : []),
    `<pre>${escapeMarkup(lines.join("\n"))}</pre>`,
    ...(tail.length === 0 ? [] : [`<p class="soft">The end of its output:</p>`]),
    ...(tail.length === 0 ? [] : [`<pre>${escapeMarkup(tail.join("\n"))}</pre>`]),
  ].join("\n");
}

function table(tests: readonly TestSummary[]): string[] {
  if (tests.length === 0) return [];
  const rows = tests.map(({ planned, status, elapsedMs }) =>
    `<tr><td>${statusWord(status)}</td><td>${shown(planned.name)}</td><td class="time">${
      formatDuration(elapsedMs)
    }</td></tr>`
  );
  return ["<table>", "<tr><th>status</th><th>test</th><th>time</th></tr>", ...rows, "</table>"];
}

function list(lines: readonly string[]): string[] {
  return lines.length === 0 ? [] : ["<ul>", ...lines.map((line) => `<li>${shown(line)}</li>`), "</ul>"];
}

function section(title: string, lines: readonly string[]): string[] {
  return lines.length === 0 ? [] : [`<h2>${title}</h2>`, ...lines];
}

function statusWord(status: TestStatus): string {
  return `<span class="${status}">${status.replace("-", " ")}</span>`;
}

function shown(text: string): string {
  return escapeMarkup(shownText(text, 2000));
}
