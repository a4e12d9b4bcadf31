import { renderVerdict } from "../hooks/sample/render_verdict.ts";
import { UsageError } from "../errors.ts";
import { hangReport } from "../report/hang_report.ts";
import { renderHangs } from "../report/render_hangs.ts";
import { digestSample, type SampleDigest } from "../report/sample_digest.ts";
import type { Runtime } from "../runtime/port.ts";
import { resolve } from "../std/path.ts";
import { visibleText } from "../visible_text.ts";
import { findSessions, type FoundSession } from "./find_sessions.ts";
import { OptionValues } from "./option_values.ts";
import { pathFrom } from "./path_from.ts";
import { readSampleText } from "./read_sample_text.ts";
import type { ReportFormat } from "./report_runs.ts";
import { REPORT_COMMAND } from "./report_options.ts";
import { createStyle, isColored } from "./style.ts";
import { writeOut } from "./write_out.ts";

const EXIT_NO_SAMPLES = 1;
const DEFAULT_PARENT = ".prekill";

/**
 * `prekill report`: what became of the runs in sessions, and their samples grouped by fingerprint, on stdout. Files that
 * cannot be used are named on stderr.
 *
 * @param args what follows the subcommand
 * @param runtime the host
 * @returns of runs 0 when all passed, else 1; without a run 0, or 1 when there are no samples
 * @throws {UsageError} when it was called wrongly, or a directory that was named cannot be read
 * @throws {HostError} when standard output cannot be written
 */
export async function reportCommand(args: readonly string[], runtime: Runtime): Promise<number> {
  const values = await OptionValues.parse(args, REPORT_COMMAND.options, "permute");
  if (values.has("help") || values.has("version")) {
    const { answerGeneral } = await import("./answer_general.ts");
    return await answerGeneral(values, REPORT_COMMAND, runtime);
  }
  if (values.has("json") && values.has("format")) {
    throw new UsageError("Cannot use --json and --format together: leave one out");
  }
  const sessions = sessionsOf(values, runtime);
  if (values.has("json")) return await reportHangs(sessions, values, runtime);
  const { findRuns, reportRuns } = await import("./report_runs.ts");
  const found = findRuns(sessions, runtime);
  tell(found.problems, runtime);
  const format = (values.text("format") ?? "text") as ReportFormat;
  if (found.runs.length === 0) {
    if (format === "text") return await reportHangs(sessions, values, runtime);
    const where = sessions.map(({ path }) => pathFrom(path, runtime.cwd())).join(" ") || DEFAULT_PARENT;
    throw new UsageError(
      `Cannot write ${format} of "${where}": it holds no run; prekill run leaves one behind`,
    );
  }
  const { text, exitCode } = await reportRuns(found, { format, values }, runtime);
  await writeOut(runtime, text);
  if (format === "text" && sessions.some(({ sampleFiles }) => sampleFiles.length > 0)) {
    await writeOut(runtime, "\n");
    await reportHangs(sessions, values, runtime);
  }
  return exitCode;
}

async function reportHangs(
  sessions: readonly FoundSession[],
  values: OptionValues,
  runtime: Runtime,
): Promise<number> {
  const { samples, problems } = await readSamples(sessions, runtime);
  tell(problems, runtime);
  const report = hangReport(samples, { sessions: sessions.map(({ path }) => path), problems });
  if (samples.length === 0 && !values.has("json")) {
    tell([nothingFound(sessions, values, runtime)], runtime);
    return EXIT_NO_SAMPLES;
  }
  const style = createStyle(isColored(runtime, "stdout", values.text("color")));
  const text = values.has("json") ? JSON.stringify(report) + "\n" : renderHangs(report, {
    renderVerdict,
    emphasize: (heading) => style(heading, "strong"),
    shorten: (path) => pathFrom(path, runtime.cwd()),
  });
  await writeOut(runtime, text);
  return samples.length === 0 ? EXIT_NO_SAMPLES : 0;
}

function tell(problems: readonly string[], runtime: Runtime): void {
  for (const problem of problems) runtime.writeSync("stderr", `prekill: ${visibleText(problem)}\n`);
}

function sessionsOf(values: OptionValues, runtime: Runtime): FoundSession[] {
  const parent = resolve(runtime.cwd(), DEFAULT_PARENT);
  // Without any hang there is no such folder, which is nobody's mistake.
  if (values.operands.length === 0 && runtime.files.stat(parent) === undefined) return [];
  const directories = values.operands.length === 0
    ? [parent]
    : values.operands.map((operand) => resolve(runtime.cwd(), operand));
  const found = directories.flatMap((path) => findSessions(runtime.files, path, values.has("all")));
  return [...new Map(found.map((session) => [session.path, session])).values()];
}

async function readSamples(
  sessions: readonly FoundSession[],
  { files }: Runtime,
): Promise<{ samples: SampleDigest[]; problems: string[] }> {
  const samples: SampleDigest[] = [];
  const problems: string[] = [];
  for (const file of sessions.flatMap(({ sampleFiles }) => sampleFiles)) {
    const text = await readSampleText(files, file);
    const modifiedMs = files.stat(file)?.modifiedMs ?? 0;
    const digest = typeof text === "string" ? digestSample(text, { file, modifiedMs }) : text;
    if ("problem" in digest) problems.push(`Cannot use the sample "${file}": it is ${digest.problem}`);
    else samples.push(digest);
  }
  return { samples, problems };
}

function nothingFound(sessions: readonly FoundSession[], values: OptionValues, runtime: Runtime): string {
  const where = sessions.length === 1
    ? pathFrom(sessions[0]!.path, runtime.cwd())
    : values.operands.join(" ") || DEFAULT_PARENT;
  const hint = values.has("all")
    ? "samples are written when something hangs"
    : "--all reads older sessions too";
  return `Cannot find a run or a sample in "${where}": there is none; ${hint}`;
}
