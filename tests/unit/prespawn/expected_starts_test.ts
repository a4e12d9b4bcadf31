import { ExpectedStarts } from "../../../src/prespawn/expected_starts.ts";
import { assertEquals } from "../../support/assert.ts";

function expecting(keys: string): ExpectedStarts {
  const expected = new ExpectedStarts();
  for (const key of keys) expected.add(key);
  return expected;
}

Deno.test("findMissing() names the next key without a runner, in the order of the starts", () => {
  const expected = expecting("abac");
  assertEquals(expected.findMissing(4, () => 0), "a");
  assertEquals(expected.findMissing(4, (key) => key === "a" ? 1 : 0), "b");
  assertEquals(expected.findMissing(4, () => 1), "a");
  assertEquals(expected.findMissing(4, (key) => key === "c" ? 0 : 2), "c");
  assertEquals(expected.findMissing(4, () => 2), undefined);
});

Deno.test("findMissing() looks no further than it is asked to, keys that have no runners left out", () => {
  const expected = expecting("xab");
  assertEquals(expected.findMissing(1, (key) => key === "x" ? 1 : 0), undefined);
  assertEquals(expected.findMissing(1, (key) => key === "x" ? undefined : 0), "a");
  assertEquals(expected.findMissing(0, () => 0), undefined);
});

Deno.test("take() takes one out, also out of turn, and one that was not expected", () => {
  const expected = expecting("aab");
  expected.take("b");
  expected.take("z");
  assertEquals([expected.count("a"), expected.count("b"), expected.count("z")], [2, 0, 0]);
  expected.take("a");
  assertEquals(expected.findMissing(2, () => 0), "a");
  assertEquals(expected.findMissing(2, () => 1), undefined);
});

Deno.test("drop() takes all of some keys out", () => {
  const expected = expecting("aba");
  expected.drop((key) => key === "a");
  assertEquals([expected.count("a"), expected.count("b")], [0, 1]);
  assertEquals(expected.findMissing(3, () => 0), "b");
});
