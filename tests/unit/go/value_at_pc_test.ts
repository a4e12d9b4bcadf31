import { valueAtPc } from "../../../src/hooks/collectors/go/value_at_pc.ts";
import { assertEquals } from "../../support/assert.ts";

/** Value 23 for 10 bytes, 3 for 300 more, 4 for 2. */
const TABLE = new DataView(new Uint8Array([48, 10, 39, 0xac, 0x02, 2, 2, 0]).buffer);

function at(pc: number, table = TABLE, quantum = 1): unknown {
  return valueAtPc(table, { entry: 1000, pc, quantum });
}

Deno.test("valueAtPc() finds the value that holds at an address", () => {
  assertEquals([1000, 1009, 1010, 1309, 1310, 1311].map((pc) => at(pc)), [23, 23, 3, 3, 4, 4]);
});

Deno.test("valueAtPc() counts in the processor's instructions", () => {
  assertEquals([1039, 1040].map((pc) => at(pc, TABLE, 4)), [23, 3]);
});

Deno.test("valueAtPc() says when the table ends before the address, and when its bytes do", () => {
  assertEquals(at(1312), undefined);
  assertEquals(at(1312, new DataView(TABLE.buffer, 0, 7)), "too-short");
  assertEquals(at(1000, new DataView(new Uint8Array(8).fill(0xff).buffer)), "too-short");
  assertEquals(at(1000, new DataView(new ArrayBuffer(0))), "too-short");
});
