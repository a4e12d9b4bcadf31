import { formatDuration } from "../duration.ts";
import { isBad } from "../status_counts.ts";
import { describeAttempt, describeLeaks } from "./describe_attempt.ts";
import { describeRunEnd } from "./describe_run_end.ts";
import { describeSize } from "./describe_size.ts";
import { codeBlock, escapeMarkdown } from "./escape_markdown.ts";
import { listFiles } from "./explain_attempt.ts";
import type { ReportOptions } from "./report_options.ts";
import type { ReportedAttempt, RunSummary, TestSummary } from "./run_summary.ts";
import { slowestTests } from "./slowest_tests.ts";
import { countWords, STATUS_ORDER } from "./status_words.ts";
import { tailLines } from "./tail_lines.ts";
import { noteLines, warningLines } from "./warning_lines.ts";
import { worstAttempt } from "./worst_attempt.ts";

/** GitHub takes 1 MiB for the summary of a step: this stays below it. */
const MAX_ROWS = 200;
const MAX_DETAILS = 40;
const MAX_TAIL_LINES = 40;

/**
 * Writes a run as Markdown, which is also the summary of a step in GitHub Actions: a table of what did not pass, the verdict on each
 * hang with the end of the output, the flaky tests, the slowest tests.
 *
 * @param run what became of the tests
 * @param options how to write the parts
 * @returns the document
 */
export function renderMarkdown(run: RunSummary, options: ReportOptions): string {
  const bad = run.tests.filter(({ status }) => isBad(status)).sort((a, b) =>
    STATUS_ORDER.indexOf(b.status) - STATUS_ORDER.indexOf(a.status)
  );
  const flaky = run.tests.filter(({ status }) => status === "flaky");
  const end = describeRunEnd(run);
  const sections = [
    `## prekill: ${countWords(run.counts)}`,
    `${describeSize(run)}.`,
    end === undefined ? "" : `**${escapeMarkdown(end)}**`,
    table("Did not pass", ["status", "test", "time", "why"], bad.slice(0, MAX_ROWS).map(badRow), bad.length),
    ...bad.slice(0, MAX_DETAILS).map((test) => details(test, options)),
    table("Flaky", ["test", "attempts", "first"], flaky.slice(0, MAX_ROWS).map(flakyRow), flaky.length),
    table("Slowest", ["test", "time"], slowestTests(run.tests).map(slowRow)),
    list("Warnings", warningLines(run)),
    list("Notes", noteLines(run)),
  ];
  return sections.filter((section) => section !== "").join("\n\n") + "\n";
}

function badRow(test: TestSummary): string[] {
  const attempt = worstAttempt(test);
  const summary = attempt?.hook?.diagnosis?.summary;
  const end = attempt === undefined ? "" : describeAttempt(attempt);
  return [
    test.status,
    escapeMarkdown(test.planned.name),
    formatDuration(test.elapsedMs),
    escapeMarkdown(summary === undefined ? end : `${end}: ${summary}`),
  ];
}

function flakyRow(test: TestSummary): string[] {
  const attempt = worstAttempt(test);
  return [
    escapeMarkdown(test.planned.name),
    String(test.attempts.length),
    attempt === undefined ? "" : escapeMarkdown(describeAttempt(attempt)),
  ];
}

function slowRow({ planned, elapsedMs }: TestSummary): string[] {
  return [escapeMarkdown(planned.name), formatDuration(elapsedMs)];
}

function details(test: TestSummary, options: ReportOptions): string {
  const attempt = worstAttempt(test);
  if (attempt === undefined) return "";
  const tail = tailLines(attempt.tail, MAX_TAIL_LINES);
  const list = [
    ...verdictItems(attempt),
    ...describeLeaks(attempt.leaks),
    ...listFiles(attempt, options).map(({ what, path }) => `${what}: ${path}`),
  ].map((item) => `- ${escapeMarkdown(item)}`).join("\n");
  const parts = [
    `<details><summary>${escapeMarkdown(`${test.status}: ${test.planned.name}`)}</summary>`,
    escapeMarkdown(describeAttempt(attempt)),
    list,
    tail.length === 0 ? "" : codeBlock(tail),
    "</details>",
  ];
  return parts.filter((part) => part !== "").join("\n\n");
}

function verdictItems({ hook }: ReportedAttempt): string[] {
  const diagnosis = hook?.diagnosis;
  if (diagnosis === undefined) return [];
  const { cause, confidence, summary, chain, evidence, advice } = diagnosis;
  const links = chain.slice(0, 8).map(({ program, pid }) => `${program} (${pid})`);
  return [
    `${cause} (${confidence}): ${summary}`,
    ...(links.length > 1 ? [`chain: ${links.join(" → ")}${chain.length > links.length ? " → …" : ""}`] : []),
    ...evidence.slice(0, 3).map((seen) => `seen: ${seen}`),
    ...(advice === undefined ? [] : [`try: ${advice}`]),
  ];
}

function list(title: string, lines: readonly string[]): string {
  return lines.length === 0
    ? ""
    : [`### ${title}`, "", ...lines.map((line) => `- ${escapeMarkdown(line)}`)].join("\n");
}

function table(
  title: string,
  head: readonly string[],
  rows: readonly string[][],
  total = rows.length,
): string {
  if (rows.length === 0) return "";
  const line = (cells: readonly string[]): string => `| ${cells.join(" | ")} |`;
  const more = total > rows.length ? ["", `and ${total - rows.length} more`] : [];
  return [`### ${title}`, "", line(head), line(head.map(() => "---")), ...rows.map(line), ...more].join("\n");
}
