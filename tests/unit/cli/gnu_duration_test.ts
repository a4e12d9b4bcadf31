import { parseGnuDuration } from "../../../src/cli/gnu_duration.ts";
import { assert, assertEquals } from "../../support/assert.ts";

Deno.test("parseGnuDuration() reads what strtod reads, with one suffix", () => {
  const cases: [string, number][] = [
    ["1", 1000],
    [".5", 500],
    ["2.", 2000],
    ["1e1s", 10_000],
    ["1.5m", 90_000],
    ["2h", 7_200_000],
    ["1d", 86_400_000],
    ["+1", 1000],
    [" 1", 1000],
    ["0x10", 16_000],
    ["0x1p-3", 125],
    ["0x.8p1m", 60_000],
    ["0x1d", 29_000],
    ["0", 0],
    ["-0", 0],
    ["0e5", 0],
    ["0x0p9", 0],
    ["inf", Infinity],
    ["INFINITYd", Infinity],
    ["1e400", Infinity],
  ];
  for (const [text, ms] of cases) assertEquals(parseGnuDuration(text) ?? NaN, ms, text);
});

Deno.test("parseGnuDuration() does not take a number that is too small for no limit", () => {
  for (const text of ["1e-10000", "1e-400d", "0x1p-99999"]) assert(parseGnuDuration(text)! > 0, text);
});

Deno.test("parseGnuDuration() is undefined for what GNU timeout refuses", () => {
  for (
    const text of [
      "",
      "x",
      "1x",
      "42D",
      "1ms",
      "1sx",
      "1 ",
      ".",
      "-1",
      " -0.1",
      " -1e-10000",
      "-inf",
      "nan",
      ".5.5",
      "0xg",
    ]
  ) assertEquals(parseGnuDuration(text), undefined, text);
});
