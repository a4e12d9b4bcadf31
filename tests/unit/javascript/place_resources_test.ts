import { placeResources } from "../../../src/hooks/collectors/javascript/place_resources.ts";
import type { PlaceFrames } from "../../../src/hooks/collectors/javascript/place_frames.ts";
import { assertEquals } from "../../support/assert.ts";

const URLS = new Map([["1", "/srv/app.js"], ["2", "/srv/node_modules/pool/index.js"], ["3", "node:net"]]);
const asIs: PlaceFrames = (frames) =>
  Promise.resolve(frames.map(({ function: name, url, line, column }) => ({
    function: name,
    file: url,
    line,
    column,
  })));
const at = (scriptId: string) => ({ scriptId, line: 3, column: 1 });

Deno.test("placeResources() says where the program's own callback stands, and counts what is alike", async () => {
  const pipe = { words: "a pipe", callbacks: [] };
  const { words } = await placeResources(
    [pipe, { words: "a server", callbacks: [at("3"), at("2"), at("1")] }, pipe, {
      words: "a socket",
      callbacks: [at("2")],
    }],
    URLS,
    asIs,
  );
  assertEquals(words, ["a pipe (2 times)", "a server (callback at app.js:3)", "a socket"]);
  const many = Array.from({ length: 500 }, (_, at) => ({ words: `T${at}`, callbacks: [] }));
  assertEquals((await placeResources(many, URLS, asIs)).words.length, 40);
});

Deno.test("placeResources() leaves out timers of libraries, and tells none when one is not known", async () => {
  const timer = (scriptId: string, dueMs: number) => ({
    words: `a timer, due in ${dueMs}`,
    callbacks: [at(scriptId)],
    timer: { dueMs },
  });
  const timers = [timer("1", 5), timer("2", 6), timer("9", 7)];
  assertEquals((await placeResources(timers, URLS, asIs)).timers, [{ dueMs: 5 }, { dueMs: 7 }]);
  const unknown = { words: "a timer", callbacks: [] };
  assertEquals((await placeResources([...timers, unknown], URLS, asIs)).timers, undefined);
});
