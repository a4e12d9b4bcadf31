import { sampleFileName } from "../../../src/hooks/sample/sample_file_name.ts";
import { assert, assertEquals } from "../../support/assert.ts";

Deno.test("sampleFileName() keeps the base name, whichever separators the path has", () => {
  assertEquals(sampleFileName("tests/unit/orders_test.ts", 7), "orders_test.ts-7");
  assertEquals(sampleFileName("C:\\tests\\orders test.py", 7), "orders test.py-7");
  assertEquals(sampleFileName("suites/orders/", 7), "orders-7");
});

Deno.test("sampleFileName() says process, when nothing of the name is left", () => {
  assertEquals(sampleFileName("", 7), "process-7");
  assertEquals(sampleFileName("///", 7), "process-7");
});

Deno.test("sampleFileName() stays one harmless path component, when the name is hostile", () => {
  const hostile = [
    "..",
    "../..",
    "../../etc/passwd",
    "..\\..\\boot.ini",
    "/etc/shadow",
    "a\0b",
    "line\nbreak\r",
    "\x1b[31mred\x1b]0;title\x07",
    "\u202Etxt.exe",
    "\u2028",
    "\ud800",
    "-rf",
    "~root",
    ".hidden",
    "...",
    "CON",
    "nul.txt",
    "Com1.sample",
    "lpt9",
    "file:stream",
    'quo"te|pipe?*<>',
    "x".repeat(5000),
    "é".repeat(300),
    "🦀".repeat(300),
    "../".repeat(1000),
  ];
  for (const name of hostile) {
    const result = sampleFileName(name, 42);
    assert(/^[^/\\\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}<>:"|?*]+-42$/u.test(result), JSON.stringify(result));
    assert(!/^[.\-~ ]/.test(result), JSON.stringify(result));
    assert(!/^(con|nul|com1|lpt9)(\.|$)/i.test(result), JSON.stringify(result));
    assert(new TextEncoder().encode(result).length <= 160, JSON.stringify(result));
  }
});

Deno.test("sampleFileName() cuts between characters, when the name is too long", () => {
  assertEquals(sampleFileName("🦀".repeat(300), 1), `${"🦀".repeat(37)}-1`);
});

Deno.test("sampleFileName() marks names that Windows takes for devices", () => {
  assertEquals(sampleFileName("con.ts", 1), "_con.ts-1");
  assertEquals(sampleFileName("console.ts", 1), "console.ts-1");
});
