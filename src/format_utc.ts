/**
 * Writes a time for people, to the second.
 *
 * @param isoTime ISO 8601 in UTC, as `Date.toISOString` writes it
 * @returns such as `2026-01-31 10:15:00 UTC`
 * @example Show when a sample was taken
 * ```ts
 * import { formatUtc } from "./format_utc.ts";
 *
 * if (formatUtc("2026-01-31T10:15:00.123Z") !== "2026-01-31 10:15:00 UTC") throw new Error("unexpected");
 * ```
 */
export function formatUtc(isoTime: string): string {
  return `${isoTime.slice(0, 19).replace("T", " ")} UTC`;
}
