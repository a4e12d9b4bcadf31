import { PYTHON_TABLES } from "../../../src/hooks/collectors/python/python_tables.ts";
import { readText } from "../../../src/hooks/collectors/python/read_text.ts";
import { assertEquals } from "../../support/assert.ts";
import { fakePython } from "../../support/fake_python.ts";

Deno.test("readText() reads each width of characters, and replaces half ones", () => {
  for (const version of ["3.9", "3.12"]) {
    const { image, addText } = fakePython(PYTHON_TABLES[version]!);
    assertEquals(readText(image, addText("ascii", [0x61, 0x62])), "ab");
    assertEquals(readText(image, addText("latin1", [0xe9, 0x80])), "é\u0080");
    assertEquals(readText(image, addText("ucs2", [0x3b1, 0xdc80])), "α\ufffd");
    assertEquals(readText(image, addText("ucs4", [0x1d518, 0x61])), "𝔘a");
    const long = Array.from({ length: 9000 }, () => 0x78);
    assertEquals(readText(image, addText("ascii", long)), "x".repeat(9000));
  }
});

Deno.test("readText() refuses what is no compact text", () => {
  const { image, memory, addText } = fakePython(PYTHON_TABLES["3.12"]!);
  const strange = addText("ascii", [0x61]);
  memory.writeInt32(strange + 32, 1 << 2 | 1 << 6);
  assertEquals(readText(image, strange), undefined);
  const huge = addText("ascii", Array.from({ length: 2 ** 20 + 1 }, () => 0x61));
  assertEquals(readText(image, huge), undefined);
  const beyond = addText("ucs4", [0x1d518]);
  memory.writeInt32(beyond + 56, 0x110000);
  assertEquals(readText(image, beyond), undefined);
  assertEquals(readText(image, 0), undefined);
});
