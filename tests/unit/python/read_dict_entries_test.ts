import { objectLayout } from "../../../src/hooks/collectors/python/object_layout.ts";
import { readDictEntries } from "../../../src/hooks/collectors/python/read_dict_entries.ts";
import { assertEquals } from "../../support/assert.ts";
import { fakeMemory } from "../../support/fake_memory.ts";

const DICTIONARY = 0x100000;
const TABLE = 0x200000;
const VALUES = 0x300000;

/** A dictionary with a table of two entries and a gap between them. */
function fakeDictionary(version: string, kind: number) {
  const layout = objectLayout(version)!;
  const memory = fakeMemory();
  memory.map(DICTIONARY, 64);
  memory.map(TABLE, 4096);
  memory.map(VALUES, 64);
  memory.writeWord(DICTIONARY + 32, TABLE);
  memory.writeWord(TABLE + layout.keys.entryCount, 3);
  if (layout.keys.kind === "size") memory.writeWord(TABLE + 8, 8);
  else memory.write(TABLE + 8, [3, 3, kind]);
  const words = layout.keys.kind === "size" || kind === 0 ? 3 : 2;
  for (const index of [0, 2]) {
    const key = TABLE + layout.keys.indices + 8 + (index * words + words - 2) * 8;
    memory.writeWord(key, 0x500000 + index * 16);
    memory.writeWord(key + 8, 0x600000 + index * 16);
  }
  const read = (limit = 100) => readDictEntries(memory, layout, DICTIONARY, limit);
  return { layout, memory, read };
}

const ENTRIES = [{ key: 0x500000, value: 0x600000 }, { key: 0x500020, value: 0x600020 }];

Deno.test("readDictEntries() reads each kind of table, without the gaps that removed entries leave", () => {
  for (const [version, kind] of [["3.8", 0], ["3.10", 0], ["3.11", 0], ["3.11", 1], ["3.14", 1]] as const) {
    assertEquals<unknown>(fakeDictionary(version, kind).read(), ENTRIES);
  }
});

Deno.test("readDictEntries() reads values that lie apart from their keys", () => {
  for (const version of ["3.9", "3.12", "3.13"]) {
    const { layout, memory, read } = fakeDictionary(version, 2);
    memory.writeWord(DICTIONARY + 40, VALUES);
    memory.writeWord(VALUES + layout.valuesData + 16, 0x700000);
    assertEquals<unknown>(read(), [{ key: 0x500020, value: 0x700000 }]);
  }
});

Deno.test("readDictEntries() stops at the limit, and refuses what cannot be a dictionary", () => {
  const { memory, read } = fakeDictionary("3.12", 1);
  assertEquals<unknown>(read(1), ENTRIES.slice(0, 1));
  memory.write(TABLE + 8, [200]);
  assertEquals<unknown>(read(), []);
  memory.write(TABLE + 8, [3]);
  memory.writeWord(TABLE + 24, 2 ** 40);
  assertEquals<unknown>(read(), []);
  memory.writeWord(DICTIONARY + 32, 0);
  assertEquals<unknown>(read(), []);
});
