import { describeRunEnd } from "./describe_run_end.ts";
import type { RunSummary } from "./run_summary.ts";
import { shownText } from "./shown_text.ts";
import { TAP_VERSION_LINE, type TapOptions, tapPoint } from "./tap_point.ts";

/**
 * Writes a run in TAP 14, its tests in the order of the plan; one that was killed ends with `Bail out!`.
 *
 * @param run what became of the tests
 * @param options how to write paths
 * @returns the document
 */
export function renderTap(run: RunSummary, options: TapOptions): string {
  const { tests, warnings, stopping, settled } = run;
  const points = settled === undefined ? tests.filter(({ isSettled }) => isSettled) : tests;
  return [
    TAP_VERSION_LINE,
    `1..${tests.length}\n`,
    ...warnings.map((warning) => `# ${shownText(warning)}\n`),
    ...points.map((test, index) => tapPoint(index + 1, test, options)),
    stopping === undefined ? "" : `# stopping: ${shownText(stopping.detail)}\n`,
    settled === undefined ? `Bail out! ${describeRunEnd(run)}.\n` : "",
  ].join("");
}
