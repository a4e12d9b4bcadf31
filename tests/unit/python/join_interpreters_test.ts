import { joinInterpreters } from "../../../src/hooks/collectors/python/join_interpreters.ts";
import type { PythonThread } from "../../../src/hooks/collectors/python/python_thread.ts";
import { assertEquals } from "../../support/assert.ts";

const threadIn = (name: string, back: number, tid = 1): PythonThread => ({
  tid,
  frames: [{ function: name }],
  raw: [{ address: 1, code: 1, back, offset: 0, isShim: false, isGenerator: false }],
  isWhole: true,
  isDeep: false,
});

const named = (threads: readonly PythonThread[]) =>
  threads.map(({ tid, frames }) => [tid, ...frames.map((frame) => frame.function)]);

Deno.test("joinInterpreters() puts the part of a thread first whose native stack is deeper", () => {
  const threads = [threadIn("caller", 9000), threadIn("other", 100, 2), threadIn("called", 8000)];
  assertEquals<unknown>(named(joinInterpreters(threads)), [[1, "called", "caller"], [2, "other"]]);
});

Deno.test("joinInterpreters() keeps the newest interpreter first where the native stack tells nothing", () => {
  const threads = [threadIn("called", 0), threadIn("caller", 0)];
  assertEquals<unknown>(named(joinInterpreters(threads)), [[1, "called", "caller"]]);
});
