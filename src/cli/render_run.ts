import { renderVerdict } from "../hooks/sample/render_verdict.ts";
import type { ReportOptions } from "../report/report_options.ts";
import type { RunSummary } from "../report/run_summary.ts";
import { host } from "../runtime/host.ts";
import type { Runtime } from "../runtime/port.ts";
import { pathFrom } from "./path_from.ts";

/** The formats that a whole run is written in. */
export type RunFormat = "junit" | "tap" | "markdown" | "html";

/**
 * How reports of a run are written by the command line: diagnoses with their chain and advice, paths from the working directory.
 *
 * @param sessionDir absolute path of the session directory
 * @param runtime the host; the one in use when left out
 * @returns options for any reporter
 */
export function reportOptions(sessionDir: string, runtime: Runtime = host): ReportOptions {
  const cwd = runtime.cwd();
  return {
    renderVerdict,
    shorten: (path) => pathFrom(path, cwd),
    sessionDir: pathFrom(sessionDir, cwd),
  };
}

/**
 * Writes a run in a format, whose reporter is loaded now.
 *
 * @param run what became of the tests
 * @param format which
 * @param options how paths and diagnoses are written
 * @returns the document
 */
export async function renderRun(
  run: RunSummary,
  format: RunFormat,
  options: ReportOptions,
): Promise<string> {
  switch (format) {
    case "junit":
      return (await import("../report/render_junit.ts")).renderJunit(run, options);
    case "tap":
      return (await import("../report/render_tap.ts")).renderTap(run, options);
    case "markdown":
      return (await import("../report/render_markdown.ts")).renderMarkdown(run, options);
    case "html":
      return (await import("../report/render_html.ts")).renderHtml(run, options);
  }
}
