import type { Files, ReadHandle } from "../../../runtime/port.ts";
import { type ElfSections, readElfSections, readExactly } from "./read_elf_sections.ts";

/** The file of a Go program. */
export interface GoProgram extends ElfSections {
  /** As its linker wrote it, such as `1.19.8`, `1.22rc1` or `1.21.5 X:boringcrypto`; undefined where it cannot be read. */
  readonly version: string | undefined;
}

const SECTION_MARKS = [".go.buildinfo", ".note.go.buildid", ".gopclntab", ".data.rel.ro.gopclntab"];
const BUILD_INFO_MAGIC = [0xff, ...new TextEncoder().encode(" Go buildinf:")];
const BUILD_INFO_HEADER_BYTES = 32;
const HAS_INLINE_STRINGS = 2;
const MAX_VERSION_BYTES = 128;

/**
 * Tells whether a process runs a Go program, by the sections that Go's linker gives it.
 *
 * @param files the host's files
 * @param pid the process
 * @returns undefined when it is none or its file cannot be read
 */
export function findGoProgram(files: Files, pid: number): GoProgram | undefined {
  const file = files.openRead(`/proc/${pid}/exe`);
  if (file === undefined) return undefined;
  try {
    const elf = readElfSections(file);
    if (elf === undefined || !SECTION_MARKS.some((name) => elf.sections.has(name))) return undefined;
    return { ...elf, version: readVersion(file, elf) };
  } finally {
    file.close();
  }
}

/** Programs of Go 1.18 and later have the version behind the header of their build information. */
function readVersion(file: ReadHandle, { sections }: ElfSections): string | undefined {
  const section = sections.get(".go.buildinfo");
  if (section === undefined) return undefined;
  const head = readExactly(file, section.offset, BUILD_INFO_HEADER_BYTES);
  if (head === undefined || BUILD_INFO_MAGIC.some((byte, at) => head.getUint8(at) !== byte)) {
    return undefined;
  }
  if ((head.getUint8(15) & HAS_INLINE_STRINGS) === 0) return undefined;
  const length = readExactly(file, section.offset + BUILD_INFO_HEADER_BYTES, 1)?.getUint8(0) ?? 0;
  if (length > MAX_VERSION_BYTES) return undefined;
  const text = readExactly(file, section.offset + BUILD_INFO_HEADER_BYTES + 1, length);
  return /^go([\x20-\x7e]+)$/.exec(text === undefined ? "" : new TextDecoder().decode(text))?.[1];
}
