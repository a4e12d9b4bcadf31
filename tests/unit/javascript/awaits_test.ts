import { parseAwaitChains } from "../../../src/hooks/collectors/javascript/await_chains.ts";
import { awaitedExpression } from "../../../src/hooks/collectors/javascript/awaited_expression.ts";
import { assertEquals } from "../../support/assert.ts";

const site = (name: string, line: number, url: string | null = "/srv/sync.js") => [name, url, line, 3, true];
const LOAD = site("load", 12);
const MAIN = site("main", 20);
const FETCH = site("mainFetch", 900, "node:internal/deps/undici/undici");

Deno.test("parseAwaitChains() keeps the longest chains, with the program's own functions in them", () => {
  const chains = parseAwaitChains([
    [1, [MAIN]],
    [1, [LOAD, MAIN]],
    [3, [FETCH, LOAD, MAIN]],
    [5, [FETCH]],
    [2, [site("poll", 30)]],
  ]);
  assertEquals(
    chains.map(({ count, frames }) => [count, frames.map((frame) => frame.function).join(" ")]),
    [[2, "poll"], [1, "mainFetch load main"]],
  );
});

Deno.test("parseAwaitChains() names what stands in Promise.all", () => {
  const all = ["all", null, null, null, true, 2];
  const frames = parseAwaitChains([[1, [LOAD, all, MAIN]]])[0]!.frames;
  assertEquals(frames.map((frame) => frame.function), ["load", "Promise.all (index 2)", "main"]);
});

Deno.test("parseAwaitChains() takes nothing on trust", () => {
  const nonsense = [null, 7, [], [1], [1, "x"], [1, [null, 7]], ["x", [["f", 7, {}, -1, 1]]]];
  assertEquals(parseAwaitChains(nonsense), []);
  assertEquals(parseAwaitChains([["many", [LOAD]], [-4, [MAIN]]]).map(({ count }) => count), [1, 1]);
  const many = Array.from({ length: 5000 }, (_, at) => [1, [site("f", at + 1)]]);
  assertEquals(parseAwaitChains(many).length, 100);
});

Deno.test("awaitedExpression() tells what stands after await", () => {
  const cases: readonly [string, string | undefined][] = [
    ["await fetch(`${url}/a;b`, { body: [1, 2] });", "fetch(`${url}/a;b`, { body: [1, 2] })"],
    ["await decode(image));", "decode(image)"],
    ["await left, right;", "left"],
    ["for await (const row of rows()) {", "rows()"],
    ["awaiting();", undefined],
    ["await ;", undefined],
    ["await", undefined],
  ];
  for (const [line, expected] of cases) assertEquals(awaitedExpression(`  ${line}`, 3), expected, line);
  assertEquals(awaitedExpression(`await ${"x".repeat(10_000)}`, 1)?.length, 80);
  assertEquals(awaitedExpression("await x", 100), undefined);
});
