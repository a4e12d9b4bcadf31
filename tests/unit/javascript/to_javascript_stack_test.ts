import {
  filePathOf,
  toJavaScriptStack,
} from "../../../src/hooks/collectors/javascript/to_javascript_stack.ts";
import { assertEquals } from "../../support/assert.ts";

Deno.test("toJavaScriptStack() names functions, files and lines from 1", () => {
  const urls = new Map([["81", "file:///srv/my%20app/lint.js"], ["7", "node:fs"]]);
  const frame = (functionName: string, scriptId: string, lineNumber: number) => ({
    functionName,
    location: { scriptId, lineNumber, columnNumber: 3 },
  });
  assertEquals(
    toJavaScriptStack([frame("check", "81", 4), frame("readSync", "7", 700), frame("", "9", 0)], urls),
    {
      language: "javascript",
      count: 1,
      frames: [
        { function: "check", file: "/srv/my app/lint.js", line: 5 },
        { function: "readSync", file: "node:fs", line: 701 },
        { function: "(anonymous)", file: undefined, line: 1 },
      ],
    },
  );
});

Deno.test("toJavaScriptStack() takes nothing on trust", () => {
  for (const frames of [undefined, null, 7, {}, [], [null, 7]]) {
    assertEquals(toJavaScriptStack(frames, new Map()), undefined);
  }
  assertEquals(toJavaScriptStack([{ functionName: 7, location: "x" }], new Map())?.frames, [
    { function: "(anonymous)", file: undefined, line: undefined },
  ]);
  const deep = Array.from({ length: 10_000 }, () => ({ functionName: "f".repeat(1000) }));
  const stack = toJavaScriptStack(deep, new Map());
  assertEquals([stack?.frames.length, stack?.frames[0]?.function.length], [500, 300]);
});

Deno.test("filePathOf() leaves what is no URL of a file as it is", () => {
  assertEquals(filePathOf("file:///a/%E0%A4%A"), "file:///a/%E0%A4%A");
  assertEquals(filePathOf("webpack:///src/a.ts"), "webpack:///src/a.ts");
  assertEquals(filePathOf("file:///a/b.mjs"), "/a/b.mjs");
});
