import { basename, dirname } from "../std/path.ts";
import { isBad } from "../status_counts.ts";
import { describeAttempt } from "./describe_attempt.ts";
import { escapeMarkup } from "./escape_markup.ts";
import { explainAttempt } from "./explain_attempt.ts";
import { describeRunEnd } from "./describe_run_end.ts";
import type { ReportOptions } from "./report_options.ts";
import type { ReportedAttempt, RunSummary, TestSummary } from "./run_summary.ts";
import { shownText } from "./shown_text.ts";
import { tailLines } from "./tail_lines.ts";
import { noteLines } from "./warning_lines.ts";

/** How a JUnit file is written. */
export interface JunitOptions extends ReportOptions {
  /** Name of the suite; `prekill` when undefined. */
  readonly suiteName?: string | undefined;
}

/** What a test case counts as in the head of its suite. */
type CaseKind = "failure" | "error" | "skipped" | "passed";

const MAX_TAIL_LINES = 400;

/**
 * Writes a run as JUnit XML, valid against both the schema of Jenkins (`junit-10.xsd` of its xUnit plugin) and that of Maven
 * Surefire (`surefire-test-report.xsd`): one suite, one case for each test. Of a test that was tried again, the first failure
 * is `failure` and the others `rerunFailure`, or all are `flakyFailure` when it passed in the end. What could not be started
 * is an `error`; what had no turn is `skipped`, and the end of the run before its time an `error` of its own, so that a run that was
 * cut short does not look like one that passed.
 *
 * @param run what became of the tests
 * @param options names, and how to write the parts
 * @returns the file
 */
export function renderJunit(run: RunSummary, options: JunitOptions): string {
  const cases = run.tests.map((test) => ({ kind: kindOf(test), text: renderCase(test, options) }));
  const end = describeRunEnd(run);
  if (end !== undefined) cases.push({ kind: "error", text: renderEnd(end) });
  const count = (kind: CaseKind): number => cases.filter((one) => one.kind === kind).length;
  const head = attributes({
    name: options.suiteName ?? "prekill",
    tests: String(cases.length),
    failures: String(count("failure")),
    errors: String(count("error")),
    skipped: String(count("skipped")),
    time: seconds(run.elapsedMs),
    timestamp: new Date(run.startedAtMs).toISOString(),
  });
  return [
    `<?xml version="1.0" encoding="UTF-8"?>`,
    `<testsuite${head}>`,
    ...renderProperties(run),
    ...cases.map(({ text }) => text),
    `</testsuite>\n`,
  ].join("\n");
}

function kindOf({ status }: TestSummary): CaseKind {
  if (status === "error") return "error";
  if (status === "skipped" || status === "not-run") return "skipped";
  return isBad(status) ? "failure" : "passed";
}

function renderCase(test: TestSummary, options: JunitOptions): string {
  const { planned, attempts, status, elapsedMs } = test;
  const head = `<testcase${
    attributes({ name: planned.name, classname: classnameOf(planned.file), time: seconds(elapsedMs) })
  }`;
  const parts = kindOf(test) === "skipped" ? [renderSkip(test)] : renderAttempts(attempts, status, options);
  return parts.length === 0
    ? `  ${head}/>`
    : [`  ${head}>`, ...parts.map((part) => `    ${part}`), `  </testcase>`].join("\n");
}

/** Elements in the order that Surefire's schema wants: failures, errors, output. */
function renderAttempts(
  attempts: readonly ReportedAttempt[],
  status: TestSummary["status"],
  options: JunitOptions,
): string[] {
  const bad = attempts.filter((attempt) => isBad(attempt.status));
  // A test that passes after all has only flakes; only errors make an error.
  const isFlaky = !isBad(status);
  const failures = bad.filter((attempt) => attempt.status !== "error");
  const errors = bad.filter((attempt) => attempt.status === "error");
  const isOnly = attempts.length === 1;
  const first = isFlaky ? undefined : status === "error" ? errors[0] : failures[0];
  const elementOf = (attempt: ReportedAttempt, kind: "Failure" | "Error"): string =>
    attempt === first ? kind.toLowerCase() : `${isFlaky ? "flaky" : "rerun"}${kind}`;
  const parts = [
    ...failures.map((attempt) => renderAttempt(attempt, elementOf(attempt, "Failure"), isOnly, options)),
    ...errors.map((attempt) => renderAttempt(attempt, elementOf(attempt, "Error"), isOnly, options)),
  ];
  if (first === undefined && !isFlaky) {
    const element = status === "error" ? "error" : "failure";
    parts.unshift(`<${element}${attributes({ message: status, type: status })}/>`);
  }
  const output = first === undefined ? "" : renderOutput(first);
  return output === "" ? parts : [...parts, output];
}

function renderAttempt(
  attempt: ReportedAttempt,
  element: string,
  isOnly: boolean,
  options: JunitOptions,
): string {
  const { status, hook } = attempt;
  const head = attributes({ message: headlineOf(attempt), type: hook?.diagnosis?.cause ?? status });
  const text = escapeMarkup(
    [...(isOnly ? [] : [`attempt ${attempt.attempt}:`]), ...explainAttempt(attempt, options)].join("\n"),
  );
  // The output of the first stands in the test case itself.
  if (element === "failure" || element === "error") return `<${element}${head}>${text}</${element}>`;
  return `<${element}${head}><stackTrace>${text}</stackTrace>${renderOutput(attempt)}</${element}>`;
}

function headlineOf(attempt: ReportedAttempt): string {
  const summary = attempt.hook?.diagnosis?.summary;
  const end = describeAttempt(attempt);
  return summary === undefined ? end : `${end}: ${shownText(summary)}`;
}

/** The end of the output, and the samples in the form in which CI servers attach files to a test. */
function renderOutput({ tail, hook }: ReportedAttempt): string {
  const samples = (hook?.files ?? []).filter((path) => !path.includes(".sample.json"));
  const lines = [
    ...tailLines(tail, MAX_TAIL_LINES),
    ...samples.map((path) => `[[ATTACHMENT|${shownText(path)}]]`),
  ];
  return lines.length === 0 ? "" : `<system-out>${escapeMarkup(lines.join("\n"))}</system-out>`;
}

function renderSkip({ status, attempts, isSettled, reason }: TestSummary): string {
  // What a test that was cut short hung on is told here: it has no failure.
  const summary = attempts.at(-1)?.hook?.diagnosis?.summary;
  const told = [reason, summary].filter((text) => text !== undefined).map((text) => `: ${shownText(text)}`);
  const detail = told.join("");
  const message = status === "skipped"
    ? `skipped${detail}`
    : isSettled
    ? `not run${detail || ": the run ended before its turn"}`
    : "not run: the run was killed";
  return `<skipped${attributes({ message })}/>`;
}

function renderEnd(end: string): string {
  const head = attributes({ name: "the whole run", classname: "prekill", time: seconds(0) });
  return `  <testcase${head}>\n    <error${attributes({ message: end, type: "stopped" })}/>\n  </testcase>`;
}

function renderProperties({ plan, resumed, stalledMs, starts, notes }: RunSummary): string[] {
  const values: Record<string, string | number | undefined> = {
    // An attribute of the suite in Jenkins' schema, which Surefire's does not have.
    "hostname": plan?.host.name,
    "prekill.version": plan?.version,
    "prekill.args": plan?.args.join(" "),
    "prekill.jobs": plan?.jobs,
    "prekill.shard": plan?.shard,
    "prekill.seed": plan?.seed,
    "prekill.resumed": resumed || undefined,
    "prekill.stalledMs": stalledMs || undefined,
    "prekill.startedWarm": starts?.warm,
    "prekill.startedCold": starts?.cold,
    "prekill.notes": noteLines({ notes }).join("; "),
    "cwd": plan?.cwd,
    "os": plan?.host.os,
    "arch": plan?.host.arch,
    "cpus": plan?.host.cpus,
  };
  const lines = Object.entries(values).filter(([, value]) => value !== undefined && value !== "").map((
    [name, value],
  ) => `    <property${attributes({ name, value: String(value) })}/>`);
  return lines.length === 0 ? [] : ["  <properties>", ...lines, "  </properties>"];
}

/** CI servers group tests by the package, which is what stands before the last dot. */
function classnameOf(file: string): string {
  const folders = dirname(file).split(/[/\\]/).filter((part) => part !== "" && part !== "." && part !== "..");
  return [...folders, basename(file)].map((part) => part.replaceAll(".", "_")).join(".") || "prekill";
}

function attributes(values: Readonly<Record<string, string>>): string {
  return Object.entries(values).map(([name, value]) => ` ${name}="${escapeMarkup(shownText(value, 4000))}"`)
    .join(
      "",
    );
}

function seconds(ms: number): string {
  return (Math.max(0, ms) / 1000).toFixed(3);
}
