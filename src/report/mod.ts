/**
 * What became of a run, in words: pure functions of its events, which `runSuite` gives out and `events.ndjson` holds.
 *
 * @example Make a JUnit file of a journal
 * ```ts
 * import { foldEvents, readEvents, renderJunit } from "./mod.ts";
 *
 * const journal = `{"seq":1,"atMs":0,"id":"r","kind":"tests-planned",` +
 *   `"tests":[{"testId":"a","name":"a","file":"a","runner":"command"}]}\n`;
 * const { events, problems } = readEvents(journal);
 * const xml = renderJunit(foldEvents(events), {
 *   renderVerdict: ({ summary }) => summary,
 *   shorten: (path) => path,
 *   sessionDir: ".prekill/latest",
 * });
 * if (problems.length > 0 || !xml.includes("the run was killed")) throw new Error("unexpected");
 * ```
 *
 * @module
 */
export type * from "../suite_events.ts";
export type * from "../outcome.ts";
export type * from "../hook_record.ts";
export type { Diagnosis } from "../sample_document.ts";
export { foldEvents, RunFold } from "./fold_events.ts";
export { githubAnnotations, type GithubOptions } from "./github_annotations.ts";
export { ndjsonLine } from "./ndjson_line.ts";
export { type ReadEvents, readEvents } from "./read_events.ts";
export { type JunitOptions, renderJunit } from "./render_junit.ts";
export { renderHtml } from "./render_html.ts";
export { renderMarkdown } from "./render_markdown.ts";
export { renderTap } from "./render_tap.ts";
export type * from "./report_options.ts";
export type * from "./run_summary.ts";
export type { TapOptions } from "./tap_point.ts";
export { TapReporter } from "./tap_reporter.ts";
export type * from "./terminal_options.ts";
export { TerminalReporter } from "./terminal_reporter.ts";
