import { formatDuration, parseDuration } from "../../src/duration.ts";
import { UsageError } from "../../src/errors.ts";
import { assertEquals, assertThrows } from "../support/assert.ts";

Deno.test("parseDuration() reads every unit, sums, fractions and bare seconds", () => {
  const expected = {
    "250ms": 250,
    "10s": 10_000,
    "5m": 300_000,
    "2h": 7_200_000,
    "1d": 86_400_000,
    "1m30s": 90_000,
    "1.5h": 5_400_000,
    ".5": 500,
    "3": 3000,
    "0": 0,
  };
  for (const [text, ms] of Object.entries(expected)) assertEquals(parseDuration(text), ms, text);
});

Deno.test("parseDuration() refuses what is not a duration", () => {
  for (const text of ["", "abc", "-1s", "10x", "1m 30s", "s", "1e3"]) {
    assertThrows(() => parseDuration(text), UsageError, `"${text}"`);
  }
});

Deno.test("formatDuration() writes two units at most", () => {
  const expected: [number, string][] = [
    [0, "0 ms"],
    [999, "999 ms"],
    [1000, "1 s"],
    [9500, "9.5 s"],
    [59_600, "1 min"],
    [90_000, "1 min 30 s"],
    [7_500_000, "2 h 5 min"],
    [90_000_000, "1 d 1 h"],
    [Infinity, "for ever"],
  ];
  for (const [ms, text] of expected) assertEquals(formatDuration(ms), text);
});
