import { moduleSpecifier } from "../../src/runtime/module_specifier.ts";
import { assertEquals } from "../support/assert.ts";

Deno.test("moduleSpecifier() makes a file URL, when it is a path", () => {
  assertEquals(moduleSpecifier("/a b/c#%?.ts"), "file:///a%20b/c%23%25%3F.ts");
  assertEquals(moduleSpecifier("C:\\hooks\\my hook.ts"), "file:///C:/hooks/my%20hook.ts");
  assertEquals(moduleSpecifier("c:/hooks/hook.ts"), "file:///c:/hooks/hook.ts");
});

Deno.test("moduleSpecifier() keeps it, when it is a URL", () => {
  for (const url of ["file:///a%20b.ts", "https://example.com/x.ts?y#z", "data:text/javascript,1", "npm:x"]) {
    assertEquals(moduleSpecifier(url), url);
  }
});
