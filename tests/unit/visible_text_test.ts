import { visibleText } from "../../src/visible_text.ts";
import { assertEquals } from "../support/assert.ts";

Deno.test("visibleText() shows control characters by their code, when text holds some", () => {
  assertEquals(visibleText("a\x1b[31m\x00\x9b\x7f"), "a\\x1b[31m\\x00\\x9b\\x7f");
  assertEquals(visibleText("a\n\r\tb"), "a\\n\\r\\tb");
});

Deno.test("visibleText() shows what turns or hides text, when text holds some", () => {
  assertEquals(visibleText("a\u202eb\u200bc\ufeff"), "a\\u202eb\\u200bc\\ufeff");
});

Deno.test("visibleText() leaves text as it is, when it can be printed", () => {
  assertEquals(visibleText("Grüße, 世界 — \\n"), "Grüße, 世界 — \\n");
});
