import { describeAttempt, describeLeaks } from "./describe_attempt.ts";
import { printableDiagnosis } from "./printable_diagnosis.ts";
import type { ReportOptions } from "./report_options.ts";
import type { ReportedAttempt } from "./run_summary.ts";
import { shownText } from "./shown_text.ts";

/**
 * Explains an attempt in plain lines: how it ended, the verdict on its hang, what it left behind, and where to read more.
 *
 * @param attempt that did not pass
 * @param options how to write the parts
 * @returns printable lines
 */
export function explainAttempt(attempt: ReportedAttempt, options: ReportOptions): string[] {
  const { hook, leaks } = attempt;
  const lines = [describeAttempt(attempt)];
  if (hook?.diagnosis !== undefined) {
    lines.push(...options.renderVerdict(printableDiagnosis(hook.diagnosis)).split("\n"));
  }
  if (hook?.message !== undefined && hook.status !== "skipped") {
    lines.push(`the look into it: ${shownText(hook.message)}`);
  }
  lines.push(
    ...describeLeaks(leaks),
    ...listFiles(attempt, options).map(({ what, path }) => `${what}: ${path}`),
  );
  return lines;
}

/**
 * Where to read more about an attempt.
 *
 * @param attempt any
 * @param options how to write paths
 * @returns the samples for people, then the log, as printable paths
 */
export function listFiles(
  attempt: ReportedAttempt,
  options: Pick<ReportOptions, "shorten" | "sessionDir">,
): { readonly what: "sample" | "log"; readonly path: string }[] {
  const { hook, logPath } = attempt;
  const samples = (hook?.files ?? []).filter((path) => !path.includes(".sample.json"));
  const files = samples.map((path) => ({ what: "sample" as const, path: shownText(options.shorten(path)) }));
  const log = logPath === undefined
    ? []
    : [{ what: "log" as const, path: shownText(`${options.sessionDir}/${logPath}`) }];
  return [...files, ...log];
}
