import { parseSourceMap } from "../../../src/hooks/collectors/javascript/source_map.ts";
import { decode } from "../../../src/std/sourcemap_codec.ts";
import { assertEquals } from "../../support/assert.ts";

/** Line 1: column 0 is a.ts:1:1, column 9 is a.ts:10:1 and named `spin`. */
const PLAIN = {
  version: 3,
  sources: ["a.ts"],
  names: ["spin"],
  mappings: "AAAA,SASAA",
  sourcesContent: ["let x;"],
};
const look = (map: unknown, line: number, column: number) =>
  parseSourceMap(typeof map === "string" ? map : JSON.stringify(map), decode)?.placeOf(line, column);
const namesIn = (map: unknown, line: number, first: number, last: number) =>
  parseSourceMap(JSON.stringify(map), decode)?.placesIn(line, first, last)
    .map(({ at, place }) => `${at} ${place.name}`);

Deno.test("parseSourceMap() finds where a place came from", () => {
  const place = { source: "a.ts", name: undefined, content: "let x;" };
  assertEquals(look(PLAIN, 1, 5), { ...place, line: 1, column: 1 });
  assertEquals(look(PLAIN, 1, 12), { ...place, line: 10, column: 1, name: "spin" });
  assertEquals(look(PLAIN, 2, 1), undefined);
  assertEquals(look({ ...PLAIN, sourceRoot: "../src/" }, 1, 1)?.source, "../src/a.ts");
  assertEquals(look(`)]}'\n${JSON.stringify(PLAIN)}`, 1, 1)?.line, 1);
});

Deno.test("parseSourceMap() reads maps in sections", () => {
  const sections = [
    { offset: { line: 0, column: 0 }, map: PLAIN },
    { offset: { line: 4, column: 6 }, map: { ...PLAIN, sources: ["b.ts"] } },
  ];
  const map = { version: 3, sections };
  assertEquals(look(map, 1, 12)?.line, 10);
  assertEquals(look(map, 5, 6), undefined);
  assertEquals([look(map, 5, 7)?.source, look(map, 5, 7)?.line], ["b.ts", 1]);
  assertEquals(look(map, 5, 16)?.line, 10);
});

Deno.test("parseSourceMap() tells what the columns of a line were", () => {
  assertEquals(namesIn(PLAIN, 1, 1, 10), ["1 undefined", "10 spin"]);
  assertEquals(namesIn(PLAIN, 1, 2, 9), []);
  assertEquals(namesIn(PLAIN, 2, 1, 10), []);
  const map = { version: 3, sections: [{ offset: { line: 4, column: 6 }, map: PLAIN }] };
  assertEquals(namesIn(map, 5, 16, 16), ["16 spin"]);
  assertEquals(namesIn(map, 1, 1, 99), []);
  assertEquals(namesIn({ ...PLAIN, names: [7] }, 1, 10, 10), ["10 undefined"]);
});

Deno.test("parseSourceMap() takes nothing on trust", () => {
  for (const text of ["", "nonsense", "null", "7", "[]", "{}", '{"mappings":7,"sources":[]}']) {
    assertEquals(parseSourceMap(text, decode), undefined, text);
  }
  assertEquals(look({ mappings: "AAAA", sources: [] }, 1, 1), undefined);
  assertEquals(look({ mappings: "AAAA", sources: [null], names: 7 }, 1, 1), undefined);
  assertEquals(look({ sections: [null, 7, { offset: {}, map: {} }] }, 1, 1), undefined);
});
