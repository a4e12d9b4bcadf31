import { formatDuration } from "../duration.ts";
import { isBad } from "../status_counts.ts";
import { describeRunEnd } from "./describe_run_end.ts";
import { describeSize } from "./describe_size.ts";
import { explainAttempt, listFiles } from "./explain_attempt.ts";
import { describeAttempt } from "./describe_attempt.ts";
import type { ReportedAttempt, RunSummary, TestSummary } from "./run_summary.ts";
import { shownText } from "./shown_text.ts";
import { countWords, STATUS_ORDER, STATUS_TONES } from "./status_words.ts";
import { tailLines } from "./tail_lines.ts";
import type { TerminalOptions } from "./terminal_options.ts";
import { noteLines, warningLines } from "./warning_lines.ts";
import { worstAttempt } from "./worst_attempt.ts";

/** What the summary depends on. */
export type SummaryOptions = Pick<
  TerminalOptions,
  "renderVerdict" | "shorten" | "sessionDir" | "style" | "verbosity"
>;

const MAX_TAIL_LINES = 20;
/** More than that nobody reads in a terminal; the session directory has them all. */
const MAX_EXPLAINED = 50;
const MAX_FLAKY = 20;

/**
 * Sums a run up for a terminal: what did not pass with its cause, place and last output, the flaky tests, and the counts.
 *
 * @param run what became of the tests
 * @param options how to write it
 * @returns lines of text, each ended
 */
export function summarizeRun(run: RunSummary, options: SummaryOptions): string {
  const { style } = options;
  const bad = run.tests.filter(isToExplain).sort((a, b) =>
    STATUS_ORDER.indexOf(a.status) - STATUS_ORDER.indexOf(b.status)
  );
  const hangs = new Map<string, string>();
  const blocks = bad.slice(0, MAX_EXPLAINED).map((test) => explainTest(test, hangs, options));
  if (bad.length > MAX_EXPLAINED) blocks.push([`and ${bad.length - MAX_EXPLAINED} more did not pass`]);
  const cut = unsettledLines(run);
  if (cut.length > 0) blocks.push(cut);
  const flaky = flakyLines(run.tests);
  if (flaky.length > 0) blocks.push(flaky);
  const end = describeRunEnd(run);
  const warnings = warningLines(run).map((line) => `warning: ${line}`);
  const isQuiet = options.verbosity === "quiet";
  const notes = isQuiet ? [] : noteLines(run).map((line) => style(`note: ${line}`, "faint"));
  const counted = countWords(run.counts, (text, status) => style(text, STATUS_TONES[status]));
  const foot = [
    ...notes,
    ...warnings,
    ...(end === undefined ? [] : [style(end, "bad")]),
    `${describeSize(isQuiet ? { ...run, starts: undefined } : run)}: ${counted}`,
    ...(bad.length === 0 ? [] : [`session: ${shownText(options.sessionDir)}`]),
  ];
  return [...blocks, foot].map((lines) => `${lines.join("\n")}\n`).join("\n");
}

/** What did not pass, and what was looked into when the run ended in the middle of it. */
function isToExplain({ status, attempts }: TestSummary): boolean {
  return isBad(status) || (status === "not-run" && attempts.at(-1)?.hook?.diagnosis !== undefined);
}

function explainTest(test: TestSummary, hangs: Map<string, string>, options: SummaryOptions): string[] {
  const { planned, status, attempts, elapsedMs } = test;
  const { style } = options;
  const name = shownText(planned.name);
  const tries = attempts.length > 1 ? `, ${attempts.length} attempts` : "";
  const head = style(`${status.replace("-", " ").toUpperCase()}  ${name}`, "bad") +
    style(`  (${formatDuration(elapsedMs)}${tries})`, "faint");
  const last = isBad(status) ? worstAttempt(test) : attempts.at(-1);
  if (last === undefined) return [head];
  const lines = explainOnce(last, name, hangs, options);
  const tail = tailLines(last.tail, MAX_TAIL_LINES).map((line) => `  ${style("│", "faint")} ${line}`);
  return [head, ...lines.map((line) => `  ${line}`), ...tail];
}

/** The verdict on a hang that has been explained is not repeated: the first test with it has it. */
function explainOnce(
  attempt: ReportedAttempt,
  name: string,
  hangs: Map<string, string>,
  options: SummaryOptions,
): string[] {
  const diagnosis = attempt.hook?.diagnosis;
  const known = diagnosis === undefined ? undefined : hangs.get(diagnosis.fingerprint);
  if (diagnosis === undefined || known === undefined) {
    if (diagnosis !== undefined) hangs.set(diagnosis.fingerprint, name);
    return explainAttempt(attempt, options);
  }
  return [
    describeAttempt(attempt),
    `the same hang as ${known}: ${shownText(diagnosis.summary)}`,
    ...listFiles(attempt, options).map(({ what, path }) => `${what}: ${path}`),
  ];
}

/** What ran when a run was killed is the first to be looked at. */
function unsettledLines({ tests, settled }: RunSummary): string[] {
  if (settled !== undefined) return [];
  return tests.filter(({ runningSinceMs }) => runningSinceMs !== undefined).slice(0, MAX_EXPLAINED).map((
    { planned, lastLook },
  ) =>
    `RUNNING  ${shownText(planned.name)}${
      lastLook === undefined ? "" : `; last look: ${shownText(lastLook)}`
    }`
  );
}

function flakyLines(tests: readonly TestSummary[]): string[] {
  const flaky = tests.filter(({ status }) => status === "flaky");
  const lines = flaky.slice(0, MAX_FLAKY).map(({ planned, attempts }) => {
    const first = attempts.find((attempt) => isBad(attempt.status));
    const why = first === undefined ? "" : `; attempt ${first.attempt} ${describeAttempt(first)}`;
    return `FLAKY  ${shownText(planned.name)}: passed at attempt ${attempts.at(-1)?.attempt ?? "?"}${why}`;
  });
  if (flaky.length > MAX_FLAKY) lines.push(`and ${flaky.length - MAX_FLAKY} more are flaky`);
  return lines;
}
