import { installAdvice, TOOL_CATALOG } from "../../../src/hooks/collectors/native/tool_catalog.ts";
import { assertEquals, assertMatch, assertThrows } from "../../support/assert.ts";

Deno.test("installAdvice() names the package and a command for each distribution", () => {
  assertEquals(
    installAdvice("eu-stack"),
    "install elfutils (apt-get install elfutils, dnf install elfutils, apk add elfutils)",
  );
  assertEquals(installAdvice("rbspy"), "install rbspy (cargo install rbspy)");
  for (const { name } of TOOL_CATALOG) assertMatch(installAdvice(name), /^install [\w-]+ \([^)]+\)$/);
});

Deno.test("installAdvice() throws, when the catalogue has no such tool", () => {
  assertThrows(() => installAdvice("nonesuch"), Error, '"nonesuch"');
});
