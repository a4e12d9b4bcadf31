import { withCookie } from "../../../src/driver/cookie.ts";
import { assertEquals } from "../../support/assert.ts";

Deno.test("withCookie() sets PREKILL_ID and keeps the ids around it, when prekill runs under prekill", () => {
  assertEquals(withCookie({ A: "1" }, "x"), { A: "1", PREKILL_ID: "x" });
  const inner = withCookie(withCookie(withCookie({}, "x"), "y"), "z");
  assertEquals(inner, { PREKILL_ID: "z", PREKILL_OUTER_IDS: "x,y" });
});
