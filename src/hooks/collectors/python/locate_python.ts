import { findPythonModules } from "./find_python_modules.ts";
import { debugOffsetsByteLength, parseDebugOffsets } from "./parse_debug_offsets.ts";
import type { PythonLayout } from "./python_layout.ts";
import { PYTHON_TABLES } from "./python_tables.ts";
import { type ElfSymbols, readElfSymbols } from "./read_elf_symbols.ts";
import { type RemoteMemory, wordAt } from "../remote_memory.ts";

/** A CPython whose layout is known. */
export interface LocatedPython {
  readonly kind: "located";
  /** Such as "3.11.7", "3.14.4t" for a build without interpreter lock, or "3.9" where the last number cannot be told. */
  readonly version: string;
  readonly layout: PythonLayout;
  readonly runtime: number;
  readonly codeType: number;
  /** The type of frames, where these are objects of their own. */
  readonly frameType: number;
  /** Whether the process runs x86-64 code. */
  readonly isX86: boolean;
}

/** What there is of Python in a process. */
export type PythonLocation =
  | LocatedPython
  | { readonly kind: "none" }
  /** It is one that cannot be read; part of a sentence says why. */
  | { readonly kind: "refused"; readonly reason: string };

const SYMBOLS = ["_PyRuntime", "PyCode_Type", "PyFrame_Type", "Py_Version"];
const X86_64 = 62;
/** `xdebugpy`, from 3.13 on. */
const COOKIE = [0x78, 0x64, 0x65, 0x62, 0x75, 0x67, 0x70, 0x79];
const COOKIE_HEAD_BYTES = 24;
/** Builds without a global interpreter lock were an experiment before. */
const FIRST_MINOR_WITHOUT_LOCK = 14;
/** The last byte of a version number: 0xf0 and above for final releases. */
const FINAL = 0xf0;
/** How large the runtime is in versions without a symbol for their number: a check on what names of files say. */
const RUNTIME_BYTES: Readonly<Record<string, number>> = { "3.8": 1464, "3.9": 656, "3.10": 672 };

/**
 * Finds the CPython in a process and what its layout is.
 *
 * @param memory of the process
 * @param maps the text of its `/proc/PID/maps`
 * @param exe what its `/proc/PID/exe` leads to
 */
export function locatePython(
  memory: Omit<RemoteMemory, "close">,
  maps: string,
  exe: string | undefined,
): PythonLocation {
  const { modules, versionByName } = findPythonModules(maps, exe);
  if (modules.length === 0) return { kind: "none" };
  for (const { loadAddress } of modules) {
    const elf = readElfSymbols(memory, loadAddress, SYMBOLS);
    if (elf?.symbols.has("_PyRuntime")) return identify(memory, elf, versionByName);
  }
  return {
    kind: "refused",
    reason: versionByName === undefined
      ? "it has no runtime of CPython 3.8 or later"
      : `CPython ${versionByName} has no runtime that is known here`,
  };
}

function identify(
  memory: Omit<RemoteMemory, "close">,
  { machine, symbols }: ElfSymbols,
  versionByName: string | undefined,
): PythonLocation {
  const runtime = symbols.get("_PyRuntime")!;
  const codeType = symbols.get("PyCode_Type")?.address;
  const frameType = symbols.get("PyFrame_Type")?.address;
  if (codeType === undefined || frameType === undefined) {
    return { kind: "refused", reason: "its types of code and frames cannot be found" };
  }
  const place = { runtime: runtime.address, codeType, frameType, isX86: machine === X86_64 };
  const head = memory.read(runtime.address, COOKIE_HEAD_BYTES);
  if (head === undefined) return { kind: "refused", reason: "its runtime cannot be read" };
  if (COOKIE.every((byte, index) => head.getUint8(index) === byte)) {
    return identifyByOffsets(memory, head, place);
  }
  const versionAddress = symbols.get("Py_Version")?.address;
  const hex = versionAddress === undefined ? undefined : memory.int32(versionAddress);
  if (hex !== undefined && (hex & 0xff) < FINAL) return refuse(versionText(hex), "is not a final release");
  const minor = hex === undefined ? versionByName : `${hex >>> 24}.${(hex >>> 16) & 0xff}`;
  const version = hex === undefined ? versionByName : versionText(hex);
  const layout = minor === undefined ? undefined : PYTHON_TABLES[minor];
  if (minor === undefined || layout === undefined) {
    return refuse(version ?? "of this version", "is not known");
  }
  if (!place.isX86) return refuse(version!, "is known for x86-64 only");
  const expectedBytes = RUNTIME_BYTES[minor];
  if (expectedBytes !== undefined && expectedBytes !== runtime.byteLength) {
    return refuse(version!, "was built in an unusual way: unknown layout");
  }
  return { kind: "located", version: version!, layout, ...place };
}

function identifyByOffsets(
  memory: Omit<RemoteMemory, "close">,
  head: DataView,
  place: Omit<LocatedPython, "kind" | "version" | "layout">,
): PythonLocation {
  const hex = wordAt(head, 8);
  const version = versionText(hex);
  const minor = (hex >>> 16) & 0xff;
  const byteLength = hex >>> 24 === 3 ? debugOffsetsByteLength(minor) : undefined;
  if (byteLength === undefined) return refuse(version, "is not known");
  if ((hex & 0xff) < FINAL) return refuse(version, "is not a final release");
  const isFreeThreaded = wordAt(head, 16) !== 0;
  if (isFreeThreaded && minor < FIRST_MINOR_WITHOUT_LOCK) {
    return refuse(version, "has no global interpreter lock: unknown layout");
  }
  const table = memory.read(place.runtime, byteLength);
  const layout = table === undefined ? undefined : parseDebugOffsets(table, minor);
  if (layout === undefined) return refuse(version, "tells offsets that cannot be right: unknown layout");
  return { kind: "located", version: isFreeThreaded ? `${version}t` : version, layout, ...place };
}

function refuse(version: string, why: string): PythonLocation {
  return { kind: "refused", reason: `CPython ${version} ${why}` };
}

function versionText(hex: number): string {
  return `${hex >>> 24}.${(hex >>> 16) & 0xff}.${(hex >>> 8) & 0xff}`;
}
