import { isBad } from "../status_counts.ts";
import { describeAttempt, describeLeaks } from "./describe_attempt.ts";
import { listFiles } from "./explain_attempt.ts";
import type { ReportOptions } from "./report_options.ts";
import type { ReportedAttempt, TestSummary } from "./run_summary.ts";
import { shownText } from "./shown_text.ts";
import { tailLines } from "./tail_lines.ts";
import { yamlBlock, type YamlValue } from "./yaml_block.ts";

/** What TAP depends on. */
export type TapOptions = Pick<ReportOptions, "shorten" | "sessionDir">;

/** First line of the format. */
export const TAP_VERSION_LINE = "TAP version 14\n";

const MAX_TAIL_LINES = 40;

/**
 * Writes a test as a point of TAP 14 with a YAML block. What was skipped is `# SKIP`; what had no turn is `not ok`, as the exit
 * code of the run has it.
 *
 * @param point its number, from 1
 * @param test that is settled, or will not be
 * @param options how to write paths
 * @returns lines, each ended
 */
export function tapPoint(point: number, test: TestSummary, options: TapOptions): string {
  const { planned, status, attempts, elapsedMs, reason } = test;
  const last = attempts.at(-1);
  const isOk = !isBad(status) && status !== "not-run";
  const why = reason === undefined ? "" : ` ${shownText(reason)}`;
  const directive = status === "skipped" ? ` # SKIP${why}` : "";
  const head = `${isOk ? "ok" : "not ok"} ${point} - ${escapeDescription(planned.name)}${directive}\n`;
  const isPlain = status === "passed" && attempts.length <= 1;
  const values: Record<string, YamlValue> = {
    duration_ms: Math.round(elapsedMs),
    ...(isPlain ? {} : { status, file: planned.file, attempts: attempts.length }),
    ...(isOk || last === undefined ? {} : diagnostics(last, options)),
  };
  return head + ["---", ...yamlBlock(values), "..."].map((line) => `  ${line}\n`).join("");
}

function diagnostics(attempt: ReportedAttempt, options: TapOptions): Record<string, YamlValue> {
  const { hook, leaks, tail } = attempt;
  const diagnosis = hook?.diagnosis;
  const files = listFiles(attempt, options);
  return {
    message: describeAttempt(attempt),
    cause: diagnosis?.cause,
    confidence: diagnosis?.confidence,
    diagnosis: diagnosis?.summary,
    evidence: diagnosis?.evidence.slice(0, 10).map((line) => shownText(line)),
    advice: diagnosis?.advice,
    fingerprint: diagnosis?.fingerprint,
    leaks: describeLeaks(leaks),
    sample: files.find(({ what }) => what === "sample")?.path,
    log: files.find(({ what }) => what === "log")?.path,
    output: tailLines(tail, MAX_TAIL_LINES),
  };
}

/** `#` begins a directive; the backslash escapes it and itself. */
function escapeDescription(text: string): string {
  return shownText(text).replace(/[\\#]/g, "\\$&");
}
