import type { FakeMemory } from "./fake_memory.ts";

const SYMBOLS_AT = 0x300;
const ENTRY_BYTES = 24;
const X86_64 = 62;

/** A symbol to be found: where it is from the load address, and how large. */
export type FakeSymbol = readonly [offset: number, byteLength: number];

/** What kind of module. */
export interface FakeElfOptions {
  readonly symbols: Readonly<Record<string, FakeSymbol>>;
  readonly machine?: number;
}

/**
 * Writes a position-independent 64-bit module with a dynamic symbol table, as the loader leaves it in memory.
 *
 * @param memory in which 4 KiB are mapped at `load`
 * @param load its load address
 * @param options what is in it
 */
export function writeFakeElf(
  memory: FakeMemory,
  load: number,
  { symbols, machine = X86_64 }: FakeElfOptions,
): void {
  const names = Object.keys(symbols);
  const text = `\0${names.map((name) => `${name}\0`).join("")}`;
  const textAt = SYMBOLS_AT + ENTRY_BYTES * (names.length + 1);
  memory.write(load, [0x7f, 0x45, 0x4c, 0x46, 2, 1]);
  memory.write(load + 16, [3, 0, machine, 0]);
  memory.writeWord(load + 32, 64);
  memory.write(load + 54, [56, 0, 2, 0]);
  // PT_LOAD at 0 and PT_DYNAMIC at 0x200.
  memory.writeInt32(load + 64, 1);
  memory.writeInt32(load + 120, 2);
  memory.writeWord(load + 120 + 16, 0x200);
  memory.writeWord(load + 120 + 40, 64);
  const tags = [[5, load + textAt], [6, load + SYMBOLS_AT], [10, text.length], [0, 0]] as const;
  for (const [index, [tag, value]] of tags.entries()) {
    memory.writeWord(load + 0x200 + index * 16, tag);
    memory.writeWord(load + 0x208 + index * 16, value);
  }
  for (const [index, name] of names.entries()) {
    const entry = load + SYMBOLS_AT + ENTRY_BYTES * (index + 1);
    memory.writeInt32(entry, text.indexOf(`\0${name}\0`) + 1);
    memory.write(entry + 6, [1, 0]);
    memory.writeWord(entry + 8, symbols[name]![0]);
    memory.writeWord(entry + 16, symbols[name]![1]);
  }
  memory.write(load + textAt, new TextEncoder().encode(text));
}
