import { UsageError } from "./errors.ts";

const UNIT_MS: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 };
const PART = /(\d+\.?\d*|\.\d+)(ms|s|m|h|d)/y;

/**
 * Reads a duration: `250ms`, `10s`, `5m`, `2h`, `1d`, sums such as `1m30s`, fractions such as `1.5h`. A bare number
 * is seconds; `0` means no limit.
 *
 * @param text the duration as a person writes it
 * @returns milliseconds, at least 0; `Infinity` when the number is too large for a clock
 * @throws {UsageError} when the text is not a duration
 * @example Parse a duration
 * ```ts
 * import { parseDuration } from "./duration.ts";
 *
 * if (parseDuration("1m30s") !== 90_000) throw new Error("unexpected");
 * ```
 */
export function parseDuration(text: string): number {
  if (/^(\d+\.?\d*|\.\d+)$/.test(text)) return Number(text) * 1000;
  let totalMs = 0;
  PART.lastIndex = 0;
  while (PART.lastIndex < text.length) {
    const part = PART.exec(text);
    if (part === null) throw notADuration(text);
    totalMs += Number(part[1]) * UNIT_MS[part[2]!]!;
  }
  if (text === "") throw notADuration(text);
  return totalMs;
}

function notADuration(text: string): UsageError {
  return new UsageError(
    `Cannot read the duration "${text}": write it as 250ms, 10s, 5m, 2h, 1d or 1m30s (a bare number is seconds, 0 is no limit)`,
  );
}

/**
 * Writes a duration for people: two units at most, such as `250 ms`, `9.5 s`, `1 min 30 s`, `2 h 5 min`.
 *
 * @param ms milliseconds, at least 0
 * @returns the text
 * @example Format a duration
 * ```ts
 * import { formatDuration } from "./duration.ts";
 *
 * if (formatDuration(90_000) !== "1 min 30 s") throw new Error("unexpected");
 * ```
 */
export function formatDuration(ms: number): string {
  if (!Number.isFinite(ms)) return "for ever";
  if (ms < 1000) return `${Math.round(ms)} ms`;
  if (ms < 9_950) return `${(ms / 1000).toFixed(1).replace(/\.0$/, "")} s`;
  const seconds = Math.round(ms / 1000);
  if (seconds < 60) return `${seconds} s`;
  if (seconds < 3600) return pair(Math.floor(seconds / 60), "min", seconds % 60, "s");
  const minutes = Math.round(seconds / 60);
  if (minutes < 1440) return pair(Math.floor(minutes / 60), "h", minutes % 60, "min");
  return pair(Math.floor(minutes / 1440), "d", Math.round((minutes % 1440) / 60), "h");
}

function pair(major: number, majorUnit: string, minor: number, minorUnit: string): string {
  return minor === 0 ? `${major} ${majorUnit}` : `${major} ${majorUnit} ${minor} ${minorUnit}`;
}
