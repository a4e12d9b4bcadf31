import { findTaskOffsets } from "../../../src/hooks/collectors/python/find_task_offsets.ts";
import { assertEquals } from "../../support/assert.ts";
import { fakeMemory } from "../../support/fake_memory.ts";

const MODULE = 0x7f0000010000;
const PROGRAM = 0x7f0000100000;
const INTERPRETER_BYTES = 225_864;
/** As 3.14.10 has them. */
const TABLE = [168, 136, 96, 108, 109, 128, 152, INTERPRETER_BYTES, 10_880, 936, 864, 872, 880];
const FOUND = {
  task: { byteLength: 168, name: 136, coroutine: 128, node: 152 },
  interpreterHead: 10_880,
  thread: { head: 880, running: 872 },
};
const PROGRAM_LINE = "7f0000100000-7f0000101000 rw-p 00000000 08:01 42    /usr/bin/python3.14";
const MODULE_LINE =
  "7f0000010000-7f0000011000 rw-p 00015000 08:01 43    /usr/lib/python3.14/lib-dynload/_asyncio.cpython-314.so";

function find(lines: readonly string[], address: number, table: readonly number[]) {
  const memory = fakeMemory();
  memory.map(MODULE, 0x1000);
  memory.map(PROGRAM, 0x1000);
  for (const [index, word] of table.entries()) memory.writeWord(address + index * 8, word);
  return findTaskOffsets(memory, { maps: lines.join("\n"), interpreterBytes: INTERPRETER_BYTES });
}

Deno.test("findTaskOffsets() finds the table in the data of the module, or of a program that contains it", () => {
  assertEquals<unknown>(find([PROGRAM_LINE, MODULE_LINE], MODULE + 0x7c0, TABLE), FOUND);
  assertEquals<unknown>(find([PROGRAM_LINE], PROGRAM + 0x7c0, TABLE), FOUND);
});

Deno.test("findTaskOffsets() finds nothing where the numbers do not fit the runtime or each other", () => {
  const at = MODULE + 0x7c0;
  assertEquals(find([MODULE_LINE], at, TABLE.with(7, 225_856)), undefined);
  assertEquals(find([MODULE_LINE], at, TABLE.with(5, 168)), undefined);
  assertEquals(find([MODULE_LINE], at, TABLE.with(12, 936)), undefined);
  assertEquals(find([MODULE_LINE], at, TABLE.with(9, 2 ** 20)), undefined);
  assertEquals(find([MODULE_LINE], MODULE + 0x1000 - 12 * 8, TABLE.slice(0, 12)), undefined);
  assertEquals(find([], at, TABLE), undefined);
});
