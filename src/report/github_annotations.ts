import { resolve } from "../std/path.ts";
import { isBad } from "../status_counts.ts";
import { describeAttempt } from "./describe_attempt.ts";
import { describeRunEnd } from "./describe_run_end.ts";
import { explainAttempt } from "./explain_attempt.ts";
import { findLine } from "./find_line.ts";
import { noOldCommand } from "./no_old_command.ts";
import type { ReportOptions } from "./report_options.ts";
import type { RunSummary, TestSummary } from "./run_summary.ts";
import { shownText } from "./shown_text.ts";
import { tailLines } from "./tail_lines.ts";
import { worstAttempt } from "./worst_attempt.ts";

/** What the annotations depend on. */
export interface GithubOptions extends ReportOptions {
  /** The folder of the repository, absolute: files are named from there; the run's folder when undefined. */
  readonly workspace?: string | undefined;
}

/** GitHub shows ten of a kind for each step. */
const MAX_ANNOTATIONS = 10;
const MAX_GROUPS = 50;
const MAX_TAIL_LINES = 100;

/**
 * Writes what did not pass as commands for the log of GitHub Actions: annotations at the file and line, and a folded group with
 * the end of each test's output. Nothing that a test has printed or is called can be a command.
 *
 * @param run what became of the tests
 * @param options how to write the parts
 * @returns lines, each ended; nothing for a run in which all passed
 */
export function githubAnnotations(run: RunSummary, options: GithubOptions): string {
  const bad = run.tests.filter(({ status }) => isBad(status));
  const flaky = run.tests.filter(({ status }) => status === "flaky");
  const end = describeRunEnd(run);
  const lines = [
    ...bad.slice(0, MAX_GROUPS).flatMap((test) => group(test, options)),
    ...(end === undefined ? [] : [command("error", { title: "prekill" }, end)]),
    ...bad.slice(0, MAX_ANNOTATIONS).map((test) => annotation("error", test, run, options)),
    ...flaky.slice(0, MAX_ANNOTATIONS).map((test) => annotation("warning", test, run, options)),
  ];
  return lines.map((line) => `${line}\n`).join("");
}

function annotation(
  kind: "error" | "warning",
  test: TestSummary,
  { plan }: RunSummary,
  options: GithubOptions,
): string {
  const { planned, status } = test;
  const attempt = worstAttempt(test);
  const line = attempt === undefined ? undefined : findLine(planned.file, attempt);
  const message = attempt === undefined ? status : explainAttempt(attempt, options).join("\n");
  const properties = {
    file: shownText(fromWorkspace(planned.file, plan?.cwd, options.workspace)),
    line,
    title: `${status}: ${shownText(planned.name)}`,
  };
  return command(kind, properties, message);
}

function fromWorkspace(file: string, cwd: string | undefined, workspace = cwd): string {
  if (cwd === undefined || workspace === undefined) return file;
  const path = resolve(cwd, file);
  return path.startsWith(`${workspace}/`) ? path.slice(workspace.length + 1) : path;
}

function group(test: TestSummary, options: ReportOptions): string[] {
  const attempt = worstAttempt(test);
  if (attempt === undefined) return [];
  const title = `${test.status}: ${shownText(test.planned.name)}: ${describeAttempt(attempt)}`;
  const lines = [...explainAttempt(attempt, options), ...tailLines(attempt.tail, MAX_TAIL_LINES)];
  return [command("group", {}, title), ...lines.map(harmless), "::endgroup::"];
}

function command(
  name: string,
  properties: Readonly<Record<string, string | number | undefined>>,
  message: string,
): string {
  const list = Object.entries(properties).filter(([, value]) => value !== undefined).map(([key, value]) =>
    `${key}=${escapeData(String(value)).replaceAll(":", "%3A").replaceAll(",", "%2C")}`
  ).join(",");
  return noOldCommand(`::${name}${list === "" ? "" : ` ${list}`}::${escapeData(message)}`);
}

function escapeData(text: string): string {
  return text.toWellFormed().replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");
}

/** A command stands at the begin of a line. */
function harmless(line: string): string {
  return noOldCommand(`| ${line}`);
}
