import type { SuiteEvent } from "../suite_events.ts";

/**
 * Writes an event as the journal does, so that a program can follow a run.
 *
 * @param event of the run
 * @returns one line of JSON, ended
 */
export function ndjsonLine(event: SuiteEvent): string {
  return `${JSON.stringify(event)}\n`;
}
