import { formatUtc } from "../format_utc.ts";
import type { Diagnosis } from "../sample_document.ts";
import { visibleText } from "../visible_text.ts";
import type { HangGroup, HangReport } from "./hang_report.ts";

/** What the room above lends. */
export interface RenderHangsOptions {
  /** Writes a diagnosis in a few lines. */
  readonly renderVerdict: (diagnosis: Diagnosis) => string;
  /** Makes a heading stand out. */
  readonly emphasize: (text: string) => string;
  /** Shortens a path for people. */
  readonly shorten: (path: string) => string;
}

const MAX_TESTS = 10;
const MAX_FILES = 3;

/**
 * Writes a report for people: how much was read, then each hang with its verdict, its tests and its newest files.
 *
 * @param report at least one hang
 * @param options how to write its parts
 * @returns the text, its last line ended
 */
export function renderHangs(report: HangReport, options: RenderHangsOptions): string {
  const { sampleCount, hangs, sessions } = report;
  const where = sessions.length === 1 ? options.shorten(sessions[0]!) : `${sessions.length} sessions`;
  const kinds = hangs.length === sampleCount || hangs.length === 1
    ? hangs.length === 1 && sampleCount > 1 ? ", all the same," : ""
    : ` of ${hangs.length} kinds`;
  const head = `${counted(sampleCount, "hang")}${kinds} in ${visibleText(where)}`;
  return [head, ...hangs.map((group) => renderGroup(group, options))].join("\n\n") + "\n";
}

function renderGroup(group: HangGroup, options: RenderHangsOptions): string {
  const { count, diagnosis, fingerprint, tests, files, firstTakenAt, lastTakenAt } = group;
  const since = count > 1
    ? `first ${formatUtc(firstTakenAt)}, last ${formatUtc(lastTakenAt)}`
    : formatUtc(lastTakenAt);
  const textFiles = files.map((file) => visibleText(options.shorten(textFileOf(file))));
  return [
    options.emphasize(`${count} × ${diagnosis.cause} in ${diagnosis.program}, ${since}`),
    options.renderVerdict(diagnosis).replace(/^/gm, "  "),
    list("tests: ", tests.map(({ name, count }) => count > 1 ? `${name} (${count} times)` : name), MAX_TESTS),
    list("files: ", textFiles, MAX_FILES),
    `    fingerprint: ${fingerprint}`,
  ].join("\n");
}

/** The text for people stands beside the facts; it is the one to read. */
function textFileOf(file: string): string {
  return file.replace(/\.sample\.json(\.gz)?$/, ".sample");
}

function list(head: string, items: readonly string[], most: number): string {
  const shown = items.slice(0, most);
  if (items.length > most) shown.push(`and ${items.length - most} more`);
  return shown.map((item, index) => `    ${index === 0 ? head : " ".repeat(head.length)}${item}`).join("\n");
}

function counted(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? "" : "s"}`;
}
