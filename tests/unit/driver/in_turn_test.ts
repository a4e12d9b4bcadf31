import { inTurn } from "../../../src/driver/in_turn.ts";
import { assertEquals } from "../../support/assert.ts";

Deno.test("inTurn() handles what comes from within after the item at hand", () => {
  const seen: string[] = [];
  const feed = inTurn((item: string) => {
    seen.push(`${item} begins`);
    if (item === "first") feed("second");
    seen.push(`${item} ends`);
  });
  feed("first");
  assertEquals(seen, ["first begins", "first ends", "second begins", "second ends"]);
});
