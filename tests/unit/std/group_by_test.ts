import { groupBy } from "../../../src/std/group_by.ts";
import { withResolvers } from "../../../src/std/with_resolvers.ts";
import { assertEquals, assertRejects } from "../../support/assert.ts";

Deno.test("groupBy() keeps the order of items and of the groups' first ones, when keys alternate", () => {
  const groups = groupBy([3, 1, 4, 1, 5, 9, 2], (number) => number % 2);
  assertEquals([...groups], [[1, [3, 1, 1, 5, 9]], [0, [4, 2]]]);
  assertEquals([...groupBy<string, number>([], String)], []);
});

Deno.test("withResolvers() settles its promise, when its functions are called on their own", async () => {
  const { promise, resolve } = withResolvers<number>();
  resolve(1);
  assertEquals(await promise, 1);
  const failing = withResolvers<void>();
  const { reject } = failing;
  reject(new Error("no"));
  await assertRejects(() => failing.promise, Error, "no");
});
