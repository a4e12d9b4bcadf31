import { exceptionDepth } from "../../../src/hooks/collectors/python/exception_depth.ts";
import { assertEquals } from "../../support/assert.ts";

/** Start, length and target in instructions, then twice the depth and whether the instruction is kept. */
const entry = (start: number, length: number, target: number, depth: number): number[] => {
  const parts = [start, length, target, depth * 2 + 1].map((value) =>
    value < 64 ? [value] : [(value >> 6) | 64, value & 63]
  );
  parts[0]![0]! |= 128;
  return parts.flat();
};
const table = new Uint8Array([...entry(20, 8, 79, 2), ...entry(28, 16, 56, 3), ...entry(100, 70, 90, 1)]);

Deno.test("exceptionDepth() tells how much of the stack a surrounding block stands on", () => {
  assertEquals([38, 40, 54, 56, 86, 88, 198, 200, 338, 340].map((offset) => exceptionDepth(table, offset)), [
    0,
    2,
    2,
    3,
    3,
    0,
    0,
    1,
    1,
    0,
  ]);
});

Deno.test("exceptionDepth() finds nothing in empty, cut and nonsensical tables", () => {
  assertEquals(exceptionDepth(new Uint8Array(), 40), 0);
  assertEquals(exceptionDepth(table.subarray(0, 1), 40), 0);
  assertEquals(exceptionDepth(new Uint8Array([1, 2, 3]), 2), 0);
  const endless = exceptionDepth(new Uint8Array(1000).fill(0xff), 40);
  assertEquals(Number.isFinite(endless), true);
});
