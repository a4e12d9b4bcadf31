import { foldEvents } from "../report/fold_events.ts";
import { ndjsonLine } from "../report/ndjson_line.ts";
import { readEvents } from "../report/read_events.ts";
import { summarizeRun } from "../report/terminal_summary.ts";
import type { Runtime } from "../runtime/port.ts";
import { join } from "../std/path.ts";
import type { SuiteEvent } from "../suite_events.ts";
import type { FoundSession } from "./find_sessions.ts";
import { mergeRuns, type RunOfSession } from "./merge_runs.ts";
import type { OptionValues } from "./option_values.ts";
import { renderRun, reportOptions, type RunFormat } from "./render_run.ts";
import { createStyle, isColored } from "./style.ts";

/** What runs can be written as; `text` is the summary that `prekill run` ends with. */
export type ReportFormat = RunFormat | "text" | "events";

/** How runs are written. */
export interface ReportRunsOptions {
  readonly format: ReportFormat;
  /** The options of `report` as given. */
  readonly values: OptionValues;
}

/** The runs among the sessions, by their journals. */
export interface FoundRuns {
  readonly runs: readonly RunOfSession[];
  /** Of all of them, one run after the other. */
  readonly events: readonly SuiteEvent[];
  /** What is wrong with the journals, one sentence each. */
  readonly problems: readonly string[];
}

const JOURNAL = "events.ndjson";
const MAX_JOURNAL_BYTES = 512 * 1024 * 1024;
/** How far into a journal it is looked whether it is that of a run: `exec` keeps journals, too. */
const HEAD_BYTES = 64 * 1024;

/**
 * Reads the runs that sessions hold; those of `exec` hold none.
 *
 * @param sessions where to look
 * @param runtime the host
 * @returns what they came to, also of runs that were killed
 */
export function findRuns(sessions: readonly FoundSession[], runtime: Runtime): FoundRuns {
  const runs: RunOfSession[] = [];
  const all: SuiteEvent[] = [];
  const problems: string[] = [];
  for (const { path } of sessions) {
    const file = join(path, JOURNAL);
    if (!(runtime.files.readText(file, HEAD_BYTES) ?? "").includes('"prekill.events/')) continue;
    const read = readEvents(runtime.files.readText(file, MAX_JOURNAL_BYTES) ?? "");
    problems.push(...read.problems.map((problem) => `${file}: ${problem}`));
    if (read.events.length === 0) continue;
    runs.push({ run: foldEvents(read.events), sessionDir: path });
    for (const event of read.events) all.push(event);
  }
  return { runs, events: all, problems };
}

/**
 * Writes runs in a format, several as one.
 *
 * @param found at least one run
 * @param options how
 * @param runtime the host
 * @returns the text, and the exit code of all together: 0 or 1
 */
export async function reportRuns(
  found: FoundRuns,
  { format, values }: ReportRunsOptions,
  runtime: Runtime,
): Promise<{ readonly text: string; readonly exitCode: number }> {
  const { run, sessionDir } = mergeRuns(found.runs);
  const options = reportOptions(sessionDir, runtime);
  const exitCode = run.settled?.exitCode === 0 ? 0 : 1;
  if (format === "events") return { text: found.events.map(ndjsonLine).join(""), exitCode };
  if (format !== "text") return { text: await renderRun(run, format, options), exitCode };
  const style = createStyle(isColored(runtime, "stdout", values.text("color")));
  return { text: summarizeRun(run, { ...options, style, verbosity: "normal" }), exitCode };
}
