import { originalName } from "../../../src/hooks/collectors/javascript/original_name.ts";
import type { MappedPlace, SourceMap } from "../../../src/hooks/collectors/javascript/source_map.ts";
import { assertEquals } from "../../support/assert.ts";

const LINE = "function r(e){return e}const c=async()=>{await r()};class n{async o(){}}";
const nameOf = (name: string, column: number, text: string, ...places: MappedPlace[]) => {
  const map: SourceMap = {
    placeOf: () => undefined,
    placesIn: (_, first, last) => places.filter(({ at }) => at >= first && at <= last),
  };
  return originalName(name, { line: 1, column }, text, map);
};
const named = (at: number, name: string): MappedPlace => ({
  at,
  place: { source: "a.ts", line: 1, column: 1, name },
});
const NAMES = [named(10, "countForever"), named(12, "limit"), named(30, "saveOrder")];

Deno.test("originalName() finds the name where the script names the function", () => {
  assertEquals(nameOf("r", 1, LINE, ...NAMES), "countForever");
  assertEquals(nameOf("c", 32, LINE, ...NAMES), "saveOrder");
  assertEquals(nameOf("n.o", 61, LINE, named(67, "acquire")), "acquire");
});

Deno.test("originalName() reads the source where a map has no names", () => {
  const content = "\nasync function saveOrder(order) {\n";
  const place = { source: "a.ts", line: 2, column: 16, content };
  assertEquals(nameOf("c", 32, LINE, { at: 30, place }), "saveOrder");
  assertEquals(nameOf("c", 32, LINE, { at: 30, place: { ...place, column: 15 } }), undefined);
  assertEquals(nameOf("c", 32, LINE, { at: 30, place: { ...place, line: 9 } }), undefined);
});

Deno.test("originalName() tells nothing where the text is another, or is not at hand", () => {
  assertEquals(nameOf("x", 1, LINE, ...NAMES), undefined);
  assertEquals(nameOf("r", 1, "", ...NAMES), undefined);
  assertEquals(nameOf("r", 50, LINE, ...NAMES), undefined);
  assertEquals(nameOf("functio", 1, LINE, named(1, "wrong")), undefined);
});
