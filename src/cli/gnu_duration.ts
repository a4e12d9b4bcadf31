const UNIT_MS: Readonly<Record<string, number>> = {
  "": 1000,
  s: 1000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
};
const NUMBER =
  /^\s*([+-]?)(?:(0x(?:[\da-f]+\.?[\da-f]*|\.[\da-f]+)(?:p[+-]?\d+)?)|((?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?)|inf(?:inity)?)(.?)$/i;
/** What GNU timeout rounds a positive interval up to that is too small for a clock: one nanosecond. */
const LEAST_MS = 1e-6;

/**
 * Reads an interval as GNU timeout does: a number as strtod(3) takes it (decimal, hexadecimal, `inf`), with one of the
 * suffixes s, m, h, d.
 *
 * @param text the interval
 * @returns milliseconds, `Infinity` for what no clock can count; undefined when the text is not an interval
 */
export function parseGnuDuration(text: string): number | undefined {
  const match = NUMBER.exec(text);
  if (match === null) return undefined;
  const [, sign, hexadecimal, decimal, suffix = ""] = match;
  const unitMs = Object.hasOwn(UNIT_MS, suffix) ? UNIT_MS[suffix] : undefined;
  if (unitMs === undefined) return undefined;
  const written = hexadecimal ?? decimal;
  const isZero = written !== undefined &&
    !/[1-9a-f]/i.test(written.replace(/^0x/i, "").replace(exponentOf(hexadecimal), ""));
  if (isZero) return 0;
  if (sign === "-") return undefined;
  if (written === undefined) return Infinity;
  const seconds = hexadecimal === undefined ? Number(decimal) : hexadecimalValue(hexadecimal);
  return Math.max(seconds * unitMs, LEAST_MS);
}

/** An exponent says nothing about a number being zero. */
function exponentOf(hexadecimal: string | undefined): RegExp {
  return hexadecimal === undefined ? /e.*$/i : /p.*$/i;
}

function hexadecimalValue(text: string): number {
  const [mantissa = "", exponent = "0"] = text.slice(2).toLowerCase().split("p");
  const [whole = "", fraction = ""] = mantissa.split(".");
  let value = 0;
  for (const digit of whole + fraction) value = value * 16 + parseInt(digit, 16);
  return value * 2 ** (Number(exponent) - 4 * fraction.length);
}
