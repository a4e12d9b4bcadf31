import { foldEvents } from "../../src/report/fold_events.ts";
import { readEvents } from "../../src/report/read_events.ts";
import type { ReportOptions } from "../../src/report/report_options.ts";
import type { RunSummary } from "../../src/report/run_summary.ts";
import type { SuiteEvent } from "../../src/suite_events.ts";
import { renderVerdict } from "../../src/hooks/sample/render_verdict.ts";

const FOLDER = new URL("../golden/run/", import.meta.url);

/** The recorded run: one test of every status, names and output full of what formats trip over. */
export const GOLDEN_JOURNAL: string = Deno.readTextFileSync(new URL("events.ndjson", FOLDER));

/** Its events. */
export const GOLDEN_EVENTS: readonly SuiteEvent[] = readEvents(GOLDEN_JOURNAL).events;

/** What became of its tests. */
export const GOLDEN_RUN: RunSummary = foldEvents(GOLDEN_EVENTS);

/** How its reports are written. */
export const GOLDEN_OPTIONS: ReportOptions = {
  renderVerdict,
  shorten: (path) => path.replace("/srv/app/", ""),
  sessionDir: ".prekill/r1",
};

/**
 * The text that a report of the recorded run should have; `PREKILL_UPDATE_GOLDEN=1` makes it the one that it has.
 *
 * @param name of the file
 * @param text what the report is now
 */
export function goldenText(name: string, text: string): string {
  const path = new URL(name, FOLDER);
  if (Deno.env.get("PREKILL_UPDATE_GOLDEN") === "1") Deno.writeTextFileSync(path, text);
  return Deno.readTextFileSync(path);
}
