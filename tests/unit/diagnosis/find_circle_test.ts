import { findCircle } from "../../../src/hooks/diagnosis/find_circle.ts";
import { assertEquals } from "../../support/assert.ts";

function circleOf(edges: Readonly<Record<string, string>>): readonly string[] | undefined {
  return findCircle(new Map(Object.entries(edges).map(([from, to]) => [from, to.split("")])));
}

Deno.test("findCircle() finds nothing, when all ways lead to an end", () => {
  assertEquals(circleOf({ a: "bc", b: "c", c: "d" }), undefined);
  assertEquals(circleOf({}), undefined);
});

Deno.test("findCircle() gives the nodes in order, when others lead into the circle or out of it", () => {
  assertEquals(circleOf({ x: "a", a: "eb", b: "c", c: "a", e: "" }), ["a", "b", "c"]);
});

Deno.test("findCircle() finds a node that leads to itself", () => {
  assertEquals(circleOf({ a: "b", b: "b" }), ["b"]);
});

Deno.test("findCircle() ends soon, when thousands of nodes lead to all that follow", () => {
  const nodes = Array.from({ length: 1500 }, (_, index) => index);
  assertEquals(findCircle(new Map(nodes.map((node) => [node, nodes.slice(node + 1)]))), undefined);
});
