import { formatDuration } from "../duration.ts";
import { formatUtc } from "../format_utc.ts";
import type { Diagnosis } from "../sample_document.ts";
import type { WatchEvent } from "./watch_process.ts";

/** Where and how it is told. */
export interface WatchNarration {
  /** Whether a line can be written over. */
  readonly isTerminal: boolean;
  /** The process, such as `sleep (pid 12)`, printable. */
  readonly label: string;
  /** The time now, ISO 8601 in UTC. */
  readonly now: string;
  /** Writes a diagnosis in a few lines, for a terminal. */
  readonly renderVerdict: (diagnosis: Diagnosis) => string;
  /** Makes a heading stand out. */
  readonly emphasize: (text: string) => string;
}

const CLEAR_LINE = "\r\x1b[K";

/**
 * Puts into words what happens while a process is watched: on a terminal the verdict in a few lines and below it, in
 * place, for how long nothing has changed; elsewhere one line for each change.
 *
 * @param event what happened
 * @param narration where it is told
 * @returns what to write; empty when there is nothing to tell there
 */
export function narrateWatch(event: WatchEvent, narration: WatchNarration): string {
  const { isTerminal, label, now, renderVerdict, emphasize } = narration;
  switch (event.kind) {
    case "verdict": {
      const { diagnosis, takenAt } = event.document;
      const time = formatUtc(takenAt);
      return isTerminal
        ? `${CLEAR_LINE}${emphasize(time)}\n${renderVerdict(diagnosis)}\n`
        : `${time} ${diagnosis.cause} (${diagnosis.confidence}): ${diagnosis.summary}\n`;
    }
    case "unchanged":
      return isTerminal ? `${CLEAR_LINE}unchanged for ${formatDuration(event.sinceMs)}` : "";
    case "ended":
      return `${isTerminal ? CLEAR_LINE : ""}${formatUtc(now)} ${label} has ended\n`;
  }
}
