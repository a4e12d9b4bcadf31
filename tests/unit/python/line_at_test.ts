import { lineAt } from "../../../src/hooks/collectors/python/line_at.ts";
import type { LineTableKind } from "../../../src/hooks/collectors/python/python_layout.ts";
import { assert, assertEquals } from "../../support/assert.ts";

interface RecordedTable {
  readonly version: string;
  readonly kind: LineTableKind;
  readonly firstLine: number;
  readonly table: string;
  /** Offset of the first instruction of each line, and the line, as the interpreter itself told them. */
  readonly lines: readonly (readonly [offset: number, line: number])[];
}

/** One function with loops, handlers, a jump of 300 lines and instructions that belong to none, by several interpreters. */
const RECORDED: readonly RecordedTable[] = [
  {
    version: "3.8",
    kind: "lnotab",
    firstLine: 1,
    table: "0005040108010401060102010401040102ff02ff02ff12060e01060102ff107f007f00320c01",
    lines: [
      [0, 6],
      [4, 7],
      [12, 8],
      [16, 9],
      [22, 10],
      [24, 11],
      [28, 12],
      [32, 13],
      [34, 12],
      [36, 11],
      [38, 10],
      [56, 16],
      [70, 17],
      [76, 18],
      [78, 17],
      [94, 321],
      [106, 322],
    ],
  },
  {
    version: "3.10",
    kind: "ranges",
    firstLine: 1,
    table: "0405080104010601020104010401020102ff02ff06ff1cff04800c07060102010aff02ff0280007f007f14330c01",
    lines: [
      [0, 6],
      [4, 7],
      [12, 8],
      [16, 9],
      [22, 10],
      [24, 11],
      [28, 12],
      [32, 13],
      [34, 12],
      [36, 11],
      [38, 10],
      [44, 9],
      [72, 1],
      [76, 16],
      [88, 17],
      [94, 18],
      [96, 17],
      [106, 16],
      [108, 1],
      [110, 321],
      [130, 322],
    ],
  },
  {
    version: "3.11",
    kind: "locations",
    firstLine: 1,
    table:
      "f88000f00a000d0e8045d81011f0007a040517f0007a0405178804f00279040917d81115f000060d129815d81015d81419944bd8141597489248d8181df103021516f400021516f103031516f1030511129005f003060d12f000060d12f000060d12f100060d12f400060d12f000060d12f000060d12f000060d12f000060d12f000060d12f000060d12f8f8f8f000060d12f000060d12f000060d12f000060d12f8f8f50e00101af00002091df00002091df00002091df00201151df00001151dd81516f00301151df10001151df40001151d884588458845f00302091df8f8f8f06209000d129051894a88458845f888459051894a88458845884588458845f002020c06f000020c06f000020c06f000020c06f000020506",
    lines: [
      [0, 1],
      [4, 6],
      [8, 7],
      [16, 8],
      [18, 9],
      [24, 10],
      [26, 11],
      [38, 12],
      [62, 13],
      [64, 12],
      [78, 11],
      [82, 10],
      [88, 9],
      [120, 1],
      [126, 9],
      [134, 1],
      [138, 16],
      [156, 17],
      [160, 18],
      [162, 17],
      [184, 16],
      [186, 1],
      [192, 321],
      [204, 1],
      [206, 321],
      [224, 322],
    ],
  },
  {
    version: "3.13",
    kind: "locations",
    firstLine: 1,
    table:
      "f88000f00a000d0e8045db10118804f00279040917d911159815d81015d81419974b914bd8141597489148d8181df303021516f103031516f1030511129005f703001216f07009000d129051894a8a45f17509001112f47609020c06f000020506f773090012169514fbf40e00101af30002091de11516f30301151dd91516f003001c1ddc1a1bf703001617da1516f9f40301151d8a45f00302091dfbf06209000d129051894a8945fa",
    lines: [
      [0, 1],
      [4, 6],
      [8, 7],
      [18, 8],
      [20, 9],
      [26, 10],
      [28, 11],
      [50, 12],
      [72, 13],
      [74, 12],
      [82, 11],
      [86, 10],
      [92, 9],
      [108, 321],
      [122, 7],
      [126, 322],
      [138, 9],
      [166, 1],
      [174, 16],
      [192, 18],
      [196, 17],
      [204, 18],
      [208, 17],
      [210, 18],
      [220, 17],
      [236, 18],
      [242, 1],
      [246, 17],
      [262, 16],
      [264, 1],
      [272, 321],
      [284, 1],
    ],
  },
];

for (const { version, kind, firstLine, table, lines } of RECORDED) {
  Deno.test(`lineAt() finds each line of a function compiled by Python ${version}`, () => {
    const bytes = bytesOf(table);
    const found = lines.map(([offset]) => [offset, lineAt(kind, bytes, { firstLine, offset })] as const);
    assertEquals(found, [...lines]);
  });

  Deno.test(`lineAt() ends for a torn table of Python ${version}`, () => {
    const bytes = bytesOf(table);
    for (let length = 0; length < bytes.length; length++) {
      const line = lineAt(kind, bytes.subarray(length), { firstLine, offset: 40 });
      assert(Number.isInteger(line), `${line} at ${length}`);
    }
  });
}

Deno.test("lineAt() takes a frame that has not started to be at the head of its function", () => {
  assertEquals(lineAt("lnotab", bytesOf("0001"), { firstLine: 7, offset: -1 }), 7);
  // One entry, a line further down.
  assertEquals(lineAt("locations", bytesOf("d80000"), { firstLine: 7, offset: 0 }), 8);
  assertEquals(lineAt("locations", bytesOf("d80000"), { firstLine: 7, offset: -2 }), 7);
  assertEquals(lineAt("locations", new Uint8Array(), { firstLine: 7, offset: 0 }), 7);
});

function bytesOf(hex: string): Uint8Array {
  return new Uint8Array(hex.match(/../g)?.map((byte) => Number.parseInt(byte, 16)) ?? []);
}
