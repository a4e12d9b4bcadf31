import { readElfSections } from "../../../src/hooks/collectors/go/read_elf_sections.ts";
import { assert, assertEquals } from "../../support/assert.ts";

const NAMES_AT = 0x20000;

/** A program file with these sections, whose names start at these places of the names. */
function elfFile(names: Uint8Array, nameStarts: readonly number[]): Uint8Array {
  const file = new Uint8Array(NAMES_AT + names.length);
  const view = new DataView(file.buffer);
  const tableAt = 64;
  file.set([0x7f, 0x45, 0x4c, 0x46, 2, 1]);
  view.setUint16(18, 62, true);
  view.setUint32(40, tableAt, true);
  view.setUint16(58, 64, true);
  view.setUint16(60, nameStarts.length, true);
  nameStarts.forEach((start, index) => view.setUint32(tableAt + index * 64, start, true));
  // The first one holds the names.
  view.setUint32(tableAt + 24, NAMES_AT, true);
  view.setUint32(tableAt + 32, names.length, true);
  file.set(names, NAMES_AT);
  return file;
}

function handleOf(file: Uint8Array): { readAt(buffer: Uint8Array, position: number): number; close(): void } {
  return {
    readAt(buffer, position) {
      const part = file.subarray(position, position + buffer.length);
      buffer.set(part);
      return part.length;
    },
    close() {},
  };
}

Deno.test("readElfSections() names the sections", () => {
  const names = new TextEncoder().encode("\0.gopclntab\0.data\0");
  const elf = readElfSections(handleOf(elfFile(names, [0, 1, 12])));
  assertEquals([elf?.machine, [...elf!.sections.keys()]], [62, ["", ".gopclntab", ".data"]]);
});

Deno.test("readElfSections() keeps little, when no name ends", () => {
  const names = new Uint8Array(1024 * 1024).fill(0x61);
  const elf = readElfSections(handleOf(elfFile(names, Array.from({ length: 1024 }, (_, index) => index))));
  const length = [...elf!.sections.keys()].reduce((sum, name) => sum + name.length, 0);
  assert(length < 1024 * 1024, `${length} characters are kept`);
});
