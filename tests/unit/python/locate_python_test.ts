import { locatePython, type PythonLocation } from "../../../src/hooks/collectors/python/locate_python.ts";
import { assert, assertEquals } from "../../support/assert.ts";
import {
  fakeDebugOffsets,
  OFFSETS_3_13,
  OFFSETS_3_14,
  OFFSETS_3_14_FREE_THREADED,
} from "../../support/fake_debug_offsets.ts";
import { type FakeSymbol, writeFakeElf } from "../../support/fake_elf.ts";
import { fakeMemory } from "../../support/fake_memory.ts";

const LOAD = 0x7f0000000000;
const RUNTIME = 0x1000;
const AARCH64 = 183;

interface FakePython {
  /** The file that holds it. */
  readonly file?: string;
  /** Of `Py_Version`; no such symbol when left out. */
  readonly hexVersion?: number;
  readonly runtimeBytes?: number;
  /** What the runtime starts with. */
  readonly runtime?: Uint8Array;
  readonly machine?: number;
}

function locate(
  { file = "/usr/lib/libpython3.so.1.0", hexVersion, runtimeBytes = 1, runtime, machine }: FakePython,
): PythonLocation {
  const memory = fakeMemory();
  memory.map(LOAD, 0x2000);
  memory.writeWord(LOAD + 0x1800, hexVersion ?? 0);
  memory.write(LOAD + RUNTIME, runtime ?? []);
  const symbols: Record<string, FakeSymbol> = {
    _PyRuntimeState: [0, 1],
    _PyRuntime: [RUNTIME, runtimeBytes],
    PyCode_Type: [0x1900, 8],
    PyFrame_Type: [0x1910, 8],
  };
  if (hexVersion !== undefined) symbols.Py_Version = [0x1800, 4];
  writeFakeElf(memory, LOAD, { symbols, machine });
  const maps = `7f0000000000-7f0000002000 r--p 00000000 08:01 42    ${file}\n`;
  return locatePython(memory, maps, "/usr/bin/app");
}

function reasonOf(location: PythonLocation): string {
  assert(location.kind === "refused", JSON.stringify(location));
  return location.reason;
}

Deno.test("locatePython() takes the version from the symbol, else from names that fit the runtime's size", () => {
  const newer = locate({ hexVersion: 0x030b02f0 });
  assert(newer.kind === "located");
  assertEquals([newer.version, newer.runtime, newer.codeType], ["3.11.2", LOAD + RUNTIME, LOAD + 0x1900]);
  const older = locate({ file: "/opt/libpython3.9.so.1.0", runtimeBytes: 656 });
  assert(older.kind === "located");
  assertEquals(older.version, "3.9");
});

Deno.test("locatePython() reads the offsets that a runtime tells of itself", () => {
  for (
    const [hex, offsets, version] of [[0x030d00f0, OFFSETS_3_13, "3.13.0"], [
      0x030e02f0,
      OFFSETS_3_14,
      "3.14.2",
    ]] as const
  ) {
    const location = locate({ runtime: fakeDebugOffsets(hex, offsets) });
    assert(location.kind === "located", JSON.stringify(location));
    const { thread, gil, interpretersHead } = location.layout;
    assertEquals(location.version, version);
    assertEquals<unknown>([interpretersHead, thread.top, gil], [
      offsets[0]![1],
      { kind: "frame", frame: 72 },
      { pointer: 16, holder: 8, locked: 16 },
    ]);
  }
});

Deno.test("locatePython() reads the offsets of a build without interpreter lock, and says that it is one", () => {
  const location = locate({ runtime: fakeDebugOffsets(0x030e04f0, OFFSETS_3_14_FREE_THREADED, true) });
  assert(location.kind === "located", JSON.stringify(location));
  assertEquals(location.version, "3.14.4t");
  assertEquals<unknown>(location.layout.freeThreading, { objectType: 24, copyIndex: 72, copies: 224 });
});

Deno.test("locatePython() refuses what it does not know, and says what it is", () => {
  const refused: readonly (readonly [FakePython, string])[] = [
    [{ hexVersion: 0x030b00b1 }, "CPython 3.11.0 is not a final release"],
    [{ file: "/opt/libpython3.7m.so.1.0" }, "CPython 3.7 is not known"],
    [
      { file: "/opt/libpython3.9.so.1.0", runtimeBytes: 700 },
      "CPython 3.9 was built in an unusual way: unknown layout",
    ],
    [{ hexVersion: 0x030b02f0, machine: AARCH64 }, "CPython 3.11.2 is known for x86-64 only"],
    [{ runtime: fakeDebugOffsets(0x030e00c1, OFFSETS_3_14) }, "CPython 3.14.0 is not a final release"],
    [{ runtime: fakeDebugOffsets(0x030f00f0, OFFSETS_3_14) }, "CPython 3.15.0 is not known"],
    [
      { runtime: fakeDebugOffsets(0x030d00f0, OFFSETS_3_13, true) },
      "CPython 3.13.0 has no global interpreter lock: unknown layout",
    ],
    [
      { runtime: fakeDebugOffsets(0x030d00f0, [...OFFSETS_3_13, [184, 400]]) },
      "CPython 3.13.0 tells offsets that cannot be right: unknown layout",
    ],
    [
      { runtime: fakeDebugOffsets(0x030e04f0, [...OFFSETS_3_14_FREE_THREADED, [392, 240]], true) },
      "CPython 3.14.4 tells offsets that cannot be right: unknown layout",
    ],
    [
      { runtime: fakeDebugOffsets(0x030e00f0, [...OFFSETS_3_14, [208, 73]]) },
      "CPython 3.14.0 tells offsets that cannot be right: unknown layout",
    ],
  ];
  for (const [python, reason] of refused) assertEquals(reasonOf(locate(python)), reason);
});

Deno.test("locatePython() refuses a module that is no ELF file or whose tables are nonsense", () => {
  const maps = `7f0000000000-7f0000002000 r--p 00000000 08:01 42    /usr/bin/python2.7\n`;
  const memory = fakeMemory();
  memory.map(LOAD, 0x2000);
  const refuse = () => reasonOf(locatePython(memory, maps, "/usr/bin/python2.7"));
  assertEquals(refuse(), "CPython 2.7 has no runtime that is known here");
  writeFakeElf(memory, LOAD, { symbols: { _PyRuntime: [RUNTIME, 1] } });
  assertEquals(refuse(), "its types of code and frames cannot be found");
  memory.write(LOAD + 0x200 + 8, new Uint8Array(8).fill(0xff));
  assertEquals(refuse(), "CPython 2.7 has no runtime that is known here");
});
