import { readSetMembers } from "../../../src/hooks/collectors/python/read_set_members.ts";
import { assertEquals } from "../../support/assert.ts";
import { type FakeMemory, fakeMemory } from "../../support/fake_memory.ts";

const SET = 0x100000;
const TABLE = 0x200000;

/** A set with a table of 8 slots. */
function fakeSet(members: Readonly<Record<number, number>>, mask = 7): FakeMemory {
  const memory = fakeMemory();
  memory.map(SET, 64);
  memory.map(TABLE, 8 * 16);
  memory.writeWord(SET + 24, Object.keys(members).length);
  memory.writeWord(SET + 32, mask);
  memory.writeWord(SET + 40, TABLE);
  for (const [slot, member] of Object.entries(members)) memory.writeWord(TABLE + Number(slot) * 16, member);
  return memory;
}

Deno.test("readSetMembers() finds the members in whatever slots they are", () => {
  const members = { 1: 0x300000, 6: 0x300100 };
  assertEquals(readSetMembers(fakeSet(members), SET), { members: [0x300000, 0x300100], count: 2 });
});

Deno.test("readSetMembers() leaves out what cannot be an address", () => {
  assertEquals(readSetMembers(fakeSet({ 0: 0x300000, 2: 12 }), SET)?.members, [0x300000]);
});

Deno.test("readSetMembers() refuses a set whose numbers contradict each other, and a table that is not there", () => {
  const counted = fakeSet({});
  counted.writeWord(SET + 24, 9);
  assertEquals(readSetMembers(counted, SET), undefined);
  assertEquals(readSetMembers(fakeSet({}, 2 ** 40), SET), undefined);
  const moved = fakeSet({});
  moved.writeWord(SET + 40, 0x900000);
  assertEquals(readSetMembers(moved, SET), undefined);
  assertEquals(readSetMembers(fakeMemory(), SET), undefined);
});
