import { formatDuration } from "../duration.ts";
import type { RunSummary } from "./run_summary.ts";
import { shownText } from "./shown_text.ts";

const MAX_WARNINGS = 100;

/**
 * What a reader has to know of a run that is no test's fault.
 *
 * @param run any
 * @returns printable sentences, each once
 */
export function warningLines({ warnings, stalledMs }: Pick<RunSummary, "warnings" | "stalledMs">): string[] {
  const lines = shownOnce(warnings);
  if (stalledMs > 0) {
    lines.push(`prekill itself stood still for ${formatDuration(stalledMs)}: times are not to be trusted`);
  }
  return lines;
}

/**
 * What prekill has decided on its own in a run.
 *
 * @param run any
 * @returns printable sentences, each once
 */
export function noteLines({ notes }: Pick<RunSummary, "notes">): string[] {
  return shownOnce(notes);
}

function shownOnce(sentences: readonly string[]): string[] {
  return [...new Set(sentences)].slice(0, MAX_WARNINGS).map((sentence) => shownText(sentence));
}
