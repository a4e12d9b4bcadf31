import { filePathOf } from "../../../src/hooks/collectors/javascript/file_path_of.ts";
import { parseCallFrames } from "../../../src/hooks/collectors/javascript/pause_program.ts";
import { assertEquals } from "../../support/assert.ts";

Deno.test("parseCallFrames() names functions, scripts and positions from 1", () => {
  const urls = new Map([["81", "file:///srv/my%20app/lint.js"], ["7", "node:fs"]]);
  const frame = (functionName: string, scriptId: string, lineNumber: number) => ({
    functionName,
    location: { scriptId, lineNumber, columnNumber: 3 },
    functionLocation: { scriptId, lineNumber: 2, columnNumber: 7 },
  });
  const place = { column: 4, start: { line: 3, column: 8 }, isAsync: false };
  assertEquals(
    parseCallFrames([frame("check", "81", 4), frame("readSync", "7", 700), frame("", "9", 0)], urls),
    [
      { function: "check", url: "file:///srv/my%20app/lint.js", line: 5, ...place },
      { function: "readSync", url: "node:fs", line: 701, ...place },
      { function: "(anonymous)", url: undefined, line: 1, ...place },
    ],
  );
});

Deno.test("parseCallFrames() takes nothing on trust", () => {
  for (const frames of [undefined, null, 7, {}, [], [null, 7]]) {
    assertEquals(parseCallFrames(frames, new Map()), []);
  }
  assertEquals(parseCallFrames([{ functionName: 7, location: "x" }], new Map()), [
    {
      function: "(anonymous)",
      url: undefined,
      line: undefined,
      column: undefined,
      start: undefined,
      isAsync: false,
    },
  ]);
  const deep = Array.from({ length: 10_000 }, () => ({ functionName: "f".repeat(5000) }));
  const frames = parseCallFrames(deep, new Map());
  assertEquals([frames.length, frames[0]?.function.length], [500, 1000]);
});

Deno.test("filePathOf() leaves what is no URL of a file as it is", () => {
  assertEquals(filePathOf("file:///a/%E0%A4%A"), "file:///a/%E0%A4%A");
  assertEquals(filePathOf("webpack:///src/a.ts"), "webpack:///src/a.ts");
  assertEquals(filePathOf("file:///a/b.mjs"), "/a/b.mjs");
});
