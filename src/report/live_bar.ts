import { formatDuration } from "../duration.ts";
import type { StatusCounts } from "../suite_events.ts";
import { cutToWidth } from "./cut_to_width.ts";
import { shownText } from "./shown_text.ts";
import { countWords, STATUS_TONES } from "./status_words.ts";
import type { FrameContext, TerminalOptions } from "./terminal_options.ts";

/** What the bar shows. */
export interface BarState {
  readonly counts: StatusCounts;
  readonly planned: number;
  readonly settled: number;
  readonly startedAtMs: number;
  /** The one that runs for the longest first. */
  readonly running: readonly { readonly name: string; readonly sinceMs: number; readonly note: string }[];
  /** How long the rest will take, in milliseconds, where earlier runs tell. */
  readonly leftMs?: number | undefined;
  readonly isPaused: boolean;
}

const MAX_RUNNING = 6;
const BAR_COLUMNS = 20;

/**
 * Draws what runs now and for how long, and how far the run is.
 *
 * @param state of the run
 * @param frame time and size of the terminal
 * @param style dresses text in its tone
 * @returns lines that fit the terminal
 */
export function drawBar(state: BarState, frame: FrameContext, style: TerminalOptions["style"]): string[] {
  // The last column stays free: some terminals break the line there.
  const columns = Math.max(10, frame.columns - 1);
  const most = Math.max(1, Math.min(MAX_RUNNING, frame.rows - 3));
  const shown = state.running.slice(0, most);
  const lines = shown.map(({ name, sinceMs, note }) => {
    const time = formatDuration(Math.max(0, frame.nowMs - sinceMs)).padStart(10);
    return style(
      cutToWidth(`${time}  ${shownText(name)}${note === "" ? "" : ` (${note})`}`, columns),
      "faint",
    );
  });
  const hidden = state.running.length - shown.length;
  if (hidden > 0) lines.push(style(cutToWidth(`${" ".repeat(12)}and ${hidden} more`, columns), "faint"));
  return [...lines, drawProgress(state, frame, columns, style)];
}

function drawProgress(
  state: BarState,
  { nowMs }: FrameContext,
  columns: number,
  style: TerminalOptions["style"],
): string {
  const { counts, planned, settled, startedAtMs, leftMs, isPaused } = state;
  const filled = planned === 0 ? 0 : Math.min(BAR_COLUMNS, Math.round(BAR_COLUMNS * settled / planned));
  // The figures say more where there is no room for both.
  const bar = columns < 2 * BAR_COLUMNS ? "" : `[${"=".repeat(filled)}${" ".repeat(BAR_COLUMNS - filled)}] `;
  const left = leftMs === undefined ? "" : `, about ${formatDuration(leftMs)} left`;
  const time = isPaused ? "paused" : `${formatDuration(Math.max(0, nowMs - startedAtMs))}${left}`;
  const plain = `${bar}${settled}/${planned}  ${time}  ${settled === 0 ? "" : countWords(counts)}`.trimEnd();
  // Escape codes cannot be cut: where the line does not fit, it goes without colours.
  if (cutToWidth(plain, columns) !== plain) return cutToWidth(plain, columns);
  const words = settled === 0 ? "" : countWords(counts, (text, status) => style(text, STATUS_TONES[status]));
  return `${bar}${settled}/${planned}  ${time}  ${words}`.trimEnd();
}
