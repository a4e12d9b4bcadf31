import { chooseLayout } from "../../../src/hooks/collectors/go/choose_layout.ts";
import { findGoroutineList } from "../../../src/hooks/collectors/go/find_goroutine_list.ts";
import type { GoLayout } from "../../../src/hooks/collectors/go/go_layout.ts";
import { assertEquals } from "../../support/assert.ts";
import { type FakeMemory, fakeMemory } from "../../support/fake_memory.ts";

const VARIABLES = 0x50000;
const ARRAY = 0x100000;
const FIRST = 0x200000;
const THREAD = 0x300000;
const IN_SYSCALL = 3;
const WAITING = 4;

function layoutOf(version: string): GoLayout {
  return chooseLayout(version)[0]!;
}

/** Two goroutines in that layout, of which one waits and one is in a system call of thread 77. */
function memoryWith(layout: GoLayout): FakeMemory {
  const memory = fakeMemory();
  memory.map(VARIABLES, 256);
  memory.map(ARRAY, 64);
  memory.map(THREAD, 256);
  memory.writeWord(VARIABLES + 80, ARRAY);
  memory.writeWord(VARIABLES + 88, 2);
  memory.writeWord(VARIABLES + 96, 8);
  memory.writeWord(THREAD + layout.threadTid, 77);
  for (const index of [0, 1]) {
    const address = FIRST + index * 1024;
    const { goroutine } = layout;
    memory.map(address, 1024);
    memory.writeWord(ARRAY + index * 8, address);
    memory.writeWord(address + goroutine.stackLow, 0x400000);
    memory.writeWord(address + goroutine.stackHigh, 0x402000);
    memory.writeWord(address + goroutine.savedGoroutine, address);
    memory.writeWord(address + goroutine.id, index + 1);
    memory.writeInt32(address + goroutine.status, index === 0 ? WAITING : IN_SYSCALL);
    if (index === 1) memory.writeWord(address + goroutine.thread, THREAD);
    // What a goroutine that waits has saved beside its stack pointer: only there the layouts differ.
    memory.writeWord(address + goroutine.syscallSp - 8, 0x401f00);
  }
  return memory;
}

function find(memory: FakeMemory, layout: GoLayout): unknown {
  return findGoroutineList(memory, { start: VARIABLES, end: VARIABLES + 256 }, {
    layout,
    tids: new Set([76, 77]),
  });
}

Deno.test("findGoroutineList() finds the list by what it holds, in the layout of its version only", () => {
  const versions = ["1.19.8", "1.24.4", "1.26.4"];
  for (const real of versions) {
    const memory = memoryWith(layoutOf(real));
    const found = versions.filter((version) => find(memory, layoutOf(version)) !== undefined);
    assertEquals(found, [real]);
  }
});

Deno.test("findGoroutineList() refuses a list with an impossible state, thread or number", () => {
  const layout = layoutOf("1.19");
  const { goroutine } = layout;
  const spoilers: ((memory: FakeMemory) => void)[] = [
    (memory) => memory.writeInt32(FIRST + 1024 + goroutine.status, 77),
    (memory) => memory.writeWord(THREAD + layout.threadTid, 78),
    (memory) => memory.writeWord(FIRST + 1024 + goroutine.id, 1),
    (memory) => memory.writeWord(FIRST + goroutine.id, 2),
    (memory) => memory.writeWord(FIRST + 1024 + goroutine.savedGoroutine, FIRST),
    (memory) => memory.writeWord(ARRAY + 8, 0x900000),
    (memory) => memory.writeWord(VARIABLES + 96, 1),
  ];
  for (const spoil of spoilers) {
    const memory = memoryWith(layout);
    spoil(memory);
    assertEquals(find(memory, layout), undefined);
  }
});

Deno.test("chooseLayout() knows the versions that were tried, and no other", () => {
  assertEquals(
    ["1.18", "1.19.8", "1.22rc1", "1.26.4 X:boringcrypto"].map((text) => chooseLayout(text).length),
    [
      1,
      1,
      1,
      1,
    ],
  );
  assertEquals(["1.17.2", "1.99", "2.0", "", "devel"].map((text) => chooseLayout(text).length), [
    0,
    0,
    0,
    0,
    0,
  ]);
  assertEquals(chooseLayout(undefined).length, 3);
});

Deno.test("findGoroutineList() refuses a layout in which one that waits would be in a system call", () => {
  const memory = memoryWith(layoutOf("1.19"));
  memory.writeInt32(FIRST + 1024 + layoutOf("1.19").goroutine.status, WAITING);
  assertEquals(find(memory, layoutOf("1.19")), { start: ARRAY, length: 2 });
  assertEquals(find(memory, layoutOf("1.26")), undefined);
});
